using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.ModuleTests.Watching;

/// <summary>An event of a task as the hub's log has it, read without the module's help.</summary>
internal sealed record HubEvent(string TaskId, IExecTaskEvent Event, string TransactionHash)
{
    private static readonly (string Signature, IExecTaskEvent Event)[] Signatures =
    [
        ("TaskInitialize(bytes32,address)", IExecTaskEvent.Initialized),
        ("TaskContribute(bytes32,address,bytes32)", IExecTaskEvent.Contributed),
        ("TaskConsensus(bytes32,bytes32)", IExecTaskEvent.ConsensusReached),
        ("TaskReveal(bytes32,address,bytes32)", IExecTaskEvent.Revealed),
        ("TaskReopen(bytes32)", IExecTaskEvent.Reopened),
        ("TaskFinalize(bytes32,bytes)", IExecTaskEvent.Finalized),
        ("TaskClaimed(bytes32)", IExecTaskEvent.Claimed),
    ];

    /// <summary>Whether nothing can come after it.</summary>
    public bool IsLast => Event is IExecTaskEvent.Finalized or IExecTaskEvent.Claimed;

    /// <summary>What happened to the tasks of a deal, in the chain's order.</summary>
    public static async Task<IReadOnlyList<HubEvent>> ReadAsync(DevnetChain chain, DevnetDeal deal)
    {
        var topics = new Dictionary<string, IExecTaskEvent>();
        foreach (var (signature, what) in Signatures)
            topics.Add((await chain.SendAsync("web3_sha3", "0x" + Convert.ToHexStringLower(Encoding.ASCII.GetBytes(signature)))).GetString()!, what);
        var taskIds = deal.Tasks.Select(task => task.TaskId);
        var logs = await chain.SendAsync(
            "eth_getLogs", new { address = chain.State.Contracts.Hub, fromBlock = "0x0", topics = new object[] { topics.Keys, taskIds } });
        return [.. logs.EnumerateArray().Select(log => Read(log, topics))];
    }

    private static HubEvent Read(JsonElement log, Dictionary<string, IExecTaskEvent> topics)
    {
        var entry = log.GetProperty("topics");
        return new HubEvent(entry[1].GetString()!, topics[entry[0].GetString()!], log.GetProperty("transactionHash").GetString()!);
    }
}
