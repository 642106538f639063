using System;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Contracts;

/// <summary>A call that reads a contract.</summary>
/// <param name="Target">The contract.</param>
/// <param name="Data">The calldata.</param>
internal sealed record ContractCall(Address Target, ReadOnlyMemory<byte> Data);
