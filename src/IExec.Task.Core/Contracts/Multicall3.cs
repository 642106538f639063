using System.Collections.Generic;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Contracts;

/// <summary>
/// Many reads in one call: <c>aggregate3((address target, bool allowFailure, bytes callData)[])</c> of Multicall3, which most chains
/// have at the same address (mds1/multicall).
/// </summary>
internal static class Multicall3
{
    /// <summary>Its address.</summary>
    public static readonly Address ContractAddress = Address.Parse("0xcA11bde05977b3631167028862bE2a173976CA11");

    private const uint Aggregate3 = 0x82ad56cb;

    /// <summary>The calldata that makes all these calls. Each may fail without failing the others.</summary>
    public static byte[] Encode(IReadOnlyList<ContractCall> calls) =>
        new AbiWriter(Aggregate3, 1)
            .AddTuples(calls.Count, 3, (writer, i) => writer.Add(calls[i].Target).Add(true).AddBytes(calls[i].Data.Span))
            .ToArray();
}
