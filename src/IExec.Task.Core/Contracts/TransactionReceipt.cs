using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Text.Json;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Contracts;

/// <summary>The receipt of a transaction.</summary>
/// <param name="TransactionHash">The transaction.</param>
/// <param name="Succeeded">False when it was reverted.</param>
/// <param name="BlockNumber">The block.</param>
/// <param name="GasUsed">The gas it used.</param>
/// <param name="Logs">The events it emitted.</param>
internal sealed record TransactionReceipt(Bytes32 TransactionHash, bool Succeeded, BigInteger BlockNumber, BigInteger GasUsed, IReadOnlyList<EventLog> Logs)
{
    public static RpcRequest Get(Bytes32 transactionHash) => new("eth_getTransactionReceipt", transactionHash);

    /// <summary>Reads the receipt of a transaction; null when the transaction is not in a block.</summary>
    /// <exception cref="IExecException">RpcError: the reply is not a receipt, or the receipt of another transaction.</exception>
    public static TransactionReceipt? Read(RpcReply reply, Bytes32 transactionHash)
    {
        if (reply.IsNull)
            return null;
        var json = reply.GetJson();
        if (json.Bytes32("transactionHash") is { } hash
            && json.Quantity("status") is { } status
            && json.Quantity("blockNumber") is { } blockNumber
            && json.Quantity("gasUsed") is { } gasUsed
            && json.Member("logs") is { ValueKind: JsonValueKind.Array } logs)
        {
            var receipt = new TransactionReceipt(hash, status.IsOne, blockNumber, gasUsed, [.. logs.EnumerateArray().Select(EventLog.Read).OfType<EventLog>()]);
            return receipt.IsOf(transactionHash) ? receipt : throw Unusable("is that of another one");
        }

        throw Unusable("cannot be read");

        IExecException Unusable(string what) => new(IExecErrorId.RpcError, $"The RPC node's receipt of transaction {transactionHash} {what}.");
    }

    private bool IsOf(Bytes32 transactionHash) =>
        TransactionHash == transactionHash && Logs.All(log => log.TransactionHash is null || log.TransactionHash == transactionHash);
}
