using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;

namespace IExec.Tasks.Devnet;

/// <summary>An event of a task in the hub's log, read without the module.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="Name">Its name, as in the module.</param>
/// <param name="TransactionHash">The transaction that made it.</param>
/// <param name="BlockNumber">The block that the transaction is in.</param>
public sealed record HubEvent(string TaskId, string Name, string TransactionHash, long BlockNumber)
{
    private static readonly (string Signature, string Name)[] Signatures =
    [
        ("TaskInitialize(bytes32,address)", "Initialized"),
        ("TaskContribute(bytes32,address,bytes32)", "Contributed"),
        ("TaskConsensus(bytes32,bytes32)", "ConsensusReached"),
        ("TaskReveal(bytes32,address,bytes32)", "Revealed"),
        ("TaskReopen(bytes32)", "Reopened"),
        ("TaskFinalize(bytes32,bytes)", "Finalized"),
        ("TaskClaimed(bytes32)", "Claimed"),
    ];

    /// <summary>Whether no other event can follow.</summary>
    public bool IsLast => Name is "Finalized" or "Claimed";

    /// <summary>The events of a deal's tasks, in the chain's order.</summary>
    public static async Task<IReadOnlyList<HubEvent>> ReadAsync(DevnetChain chain, DevnetDeal deal)
    {
        var topics = new Dictionary<string, string>();
        foreach (var (signature, name) in Signatures)
            topics.Add((await chain.SendAsync("web3_sha3", "0x" + Convert.ToHexStringLower(Encoding.ASCII.GetBytes(signature)))).GetString()!, name);
        var taskIds = deal.Tasks.Select(task => task.TaskId);
        var logs = await chain.SendAsync(
            "eth_getLogs", new { address = chain.State.Contracts.Hub, fromBlock = "0x0", topics = new object[] { topics.Keys, taskIds } });
        return [.. logs.EnumerateArray().Select(log => Read(log, topics))];
    }

    /// <summary>The updates that a watch with -Detailed must emit for a task, from before its first event to its end.</summary>
    public static IEnumerable<string> Story(IReadOnlyCollection<HubEvent> happened) =>
        ["UNSET", .. happened.Select(happening => happening.Name), .. happened.Any(happening => happening.IsLast) ? Enumerable.Empty<string>() : ["TIMEOUT"]];

    private static long Number(JsonElement log) => Convert.ToInt64(log.GetProperty("blockNumber").GetString(), 16);

    private static HubEvent Read(JsonElement log, Dictionary<string, string> topics)
    {
        var entry = log.GetProperty("topics");
        return new HubEvent(entry[1].GetString()!, topics[entry[0].GetString()!], log.GetProperty("transactionHash").GetString()!, Number(log));
    }
}
