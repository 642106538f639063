using System.Numerics;
using System.Text.Json;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Transactions;

/// <summary>A transaction that a node knows: in a block, or pending.</summary>
/// <param name="Hash">Its hash.</param>
/// <param name="From">Its sender.</param>
/// <param name="Nonce">Its nonce.</param>
/// <param name="To">The called contract; null when it creates one.</param>
/// <param name="Data">The calldata, as <c>0x…</c>.</param>
internal sealed record KnownTransaction(Bytes32 Hash, Address From, BigInteger Nonce, Address? To, string Data)
{
    public static RpcRequest Get(Bytes32 hash) => new("eth_getTransactionByHash", hash);

    /// <summary>Reads the transaction; null when the node does not know it.</summary>
    /// <exception cref="IExecException">RpcError: the reply is not a transaction, or a different one.</exception>
    public static KnownTransaction? Read(RpcReply reply, Bytes32 hash)
    {
        if (reply.IsNull)
            return null;
        var transaction = Read(reply.GetJson());
        return transaction?.Hash == hash
            ? transaction
            : throw new IExecException(IExecErrorId.RpcError, $"The RPC node's answer for transaction {hash} {(transaction is null ? "cannot be read" : $"is transaction {transaction.Hash}")}.");
    }

    /// <summary>Reads a transaction object; null when it is malformed.</summary>
    public static KnownTransaction? Read(JsonElement transaction) =>
        transaction.Bytes32("hash") is { } hash && transaction.Address("from") is { } from && transaction.Quantity("nonce") is { } nonce
            ? new KnownTransaction(hash, from, nonce, transaction.Address("to"), transaction.Member("input")?.AsText() ?? "")
            : null;

    /// <summary>Whether it makes this call.</summary>
    public bool Makes(UnsignedTransaction call) => To == call.To && Data == Hex.Encode(call.Data.Span);
}
