using System.Linq;
using System.Text.Json;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Contracts;

/// <summary>An event that a contract emitted.</summary>
/// <param name="Address">The contract.</param>
/// <param name="Topics">The event's signature and its indexed arguments.</param>
/// <param name="TransactionHash">The transaction that emitted it; null where the node does not return it.</param>
internal sealed record EventLog(Address Address, Bytes32[] Topics, Bytes32? TransactionHash = null)
{
    /// <summary>Reads the log object of a receipt or of <c>eth_getLogs</c>; null when it is not one.</summary>
    public static EventLog? Read(JsonElement log)
    {
        if (log.Address("address") is not { } address || log.Member("topics") is not { ValueKind: JsonValueKind.Array } list)
            return null;
        var topics = list.EnumerateArray().Select(JsonFields.AsBytes32).ToArray();
        return topics.Contains(null) ? null : new EventLog(address, [.. topics.Select(topic => topic!.Value)], log.Bytes32("transactionHash"));
    }
}
