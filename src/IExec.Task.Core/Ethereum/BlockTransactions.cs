using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Text.Json;

namespace IExec.Tasks.Ethereum;

/// <summary>The transactions of a block.</summary>
internal static class BlockTransactions
{
    public static RpcRequest Get(BigInteger number) => new("eth_getBlockByNumber", number, true);

    /// <summary>Reads those that can be read: some chains have kinds of their own, and no account sends those. Null when the node does not have the block.</summary>
    /// <exception cref="IExecException">RpcError: the reply is not a block, or another one.</exception>
    public static IReadOnlyList<KnownTransaction>? Read(RpcReply reply, BigInteger number)
    {
        if (reply.IsNull)
            return null;
        var block = reply.GetJson();
        return block.Quantity("number") == number && block.Member("transactions") is { ValueKind: JsonValueKind.Array } transactions
            ? [.. transactions.EnumerateArray().Select(KnownTransaction.Read).OfType<KnownTransaction>()]
            : throw new IExecException(IExecErrorId.RpcError, $"The RPC node's answer for block {number} is not that block with its transactions.");
    }
}
