using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Text.Json;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Transactions;

/// <summary>The transactions of a block.</summary>
internal static class BlockTransactions
{
    public static RpcRequest Get(BigInteger number) => new("eth_getBlockByNumber", number, true);

    /// <summary>The request for the pending block.</summary>
    public static RpcRequest GetPending { get; } = new("eth_getBlockByNumber", "pending", true);

    /// <summary>Reads the readable transactions of the pending block; none when the node has no such block.</summary>
    /// <exception cref="IExecException">RpcError: the reply is not a block.</exception>
    public static IReadOnlyList<KnownTransaction> ReadPending(RpcReply reply) => reply.IsNull
        ? []
        : Read(reply.GetJson()) ?? throw new IExecException(IExecErrorId.RpcError, "The RPC node's answer for the pending block is not a block with its transactions.");

    /// <summary>Reads the readable transactions; some chains have special types, which accounts never send. Null when the node does not have the block.</summary>
    /// <exception cref="IExecException">RpcError: the reply is not a block, or another one.</exception>
    public static IReadOnlyList<KnownTransaction>? Read(RpcReply reply, BigInteger number)
    {
        if (reply.IsNull)
            return null;
        var block = reply.GetJson();
        return block.Quantity("number") == number && Read(block) is { } transactions
            ? transactions
            : throw new IExecException(IExecErrorId.RpcError, $"The RPC node's answer for block {number} is not that block with its transactions.");
    }

    private static IReadOnlyList<KnownTransaction>? Read(JsonElement block) => block.Member("transactions") is { ValueKind: JsonValueKind.Array } transactions
        ? [.. transactions.EnumerateArray().Select(KnownTransaction.Read).OfType<KnownTransaction>()]
        : null;
}
