using System;

namespace IExec.Tasks.Contracts;

/// <summary>Makes a value of what a read of a contract gave.</summary>
/// <param name="index">Which of the reads.</param>
/// <param name="succeeded">Whether the call returned; false when it reverted.</param>
/// <param name="data">What it returned or reverted with.</param>
/// <param name="blockTimestamp">The time of the block it was made in.</param>
internal delegate T ContractAnswerReader<out T>(int index, bool succeeded, ReadOnlySpan<byte> data, DateTimeOffset blockTimestamp);
