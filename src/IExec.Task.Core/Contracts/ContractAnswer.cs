using System;

namespace IExec.Tasks.Contracts;

/// <summary>The result of a call.</summary>
internal readonly ref struct ContractAnswer(int index, bool succeeded, ReadOnlySpan<byte> data, DateTimeOffset blockTimestamp)
{
    /// <summary>The index of the call.</summary>
    public int Index { get; } = index;

    /// <summary>Whether the call returned; false when it reverted.</summary>
    public bool Succeeded { get; } = succeeded;

    /// <summary>The return or revert data.</summary>
    public ReadOnlySpan<byte> Data { get; } = data;

    /// <summary>The time of the block that it was made in.</summary>
    public DateTimeOffset BlockTimestamp { get; } = blockTimestamp;
}
