using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Text.Json;

namespace IExec.Tasks.Ethereum;

/// <summary>What became of a transaction that is in a block.</summary>
/// <param name="TransactionHash">The transaction.</param>
/// <param name="Succeeded">False when it was reverted, which undoes everything but the cost of its gas.</param>
/// <param name="BlockNumber">The block.</param>
/// <param name="GasUsed">The gas it used.</param>
/// <param name="Logs">The events it emitted.</param>
internal sealed record TransactionReceipt(Bytes32 TransactionHash, bool Succeeded, BigInteger BlockNumber, BigInteger GasUsed, IReadOnlyList<EventLog> Logs)
{
    public static RpcRequest Get(Bytes32 transactionHash) => new("eth_getTransactionReceipt", transactionHash);

    /// <summary>Reads the receipt; null when the transaction is in no block.</summary>
    /// <exception cref="IExecException">RpcError: the reply is not a receipt.</exception>
    public static TransactionReceipt? Read(RpcReply reply)
    {
        if (reply.IsNull)
            return null;
        var receipt = reply.GetJson();
        return receipt.Bytes32("transactionHash") is { } hash
            && receipt.Quantity("status") is { } status
            && receipt.Quantity("blockNumber") is { } blockNumber
            && receipt.Quantity("gasUsed") is { } gasUsed
            && receipt.Member("logs") is { ValueKind: JsonValueKind.Array } logs
                ? new TransactionReceipt(hash, status.IsOne, blockNumber, gasUsed, [.. logs.EnumerateArray().Select(EventLog.Read).OfType<EventLog>()])
                : throw new IExecException(IExecErrorId.RpcError, "The RPC node's receipt of the transaction cannot be read.");
    }
}
