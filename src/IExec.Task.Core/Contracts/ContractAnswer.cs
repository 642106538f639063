using System;

namespace IExec.Tasks.Contracts;

/// <summary>What a read of a contract returned.</summary>
internal readonly ref struct ContractAnswer(int index, bool succeeded, ReadOnlySpan<byte> data, DateTimeOffset blockTimestamp)
{
    /// <summary>Which of the reads.</summary>
    public int Index { get; } = index;

    /// <summary>Whether the call returned; false when it reverted.</summary>
    public bool Succeeded { get; } = succeeded;

    /// <summary>What it returned or reverted with.</summary>
    public ReadOnlySpan<byte> Data { get; } = data;

    /// <summary>The time of the block it was made in.</summary>
    public DateTimeOffset BlockTimestamp { get; } = blockTimestamp;
}
