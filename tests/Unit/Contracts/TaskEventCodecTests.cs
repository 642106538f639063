using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.UnitTests.Contracts;

public sealed class TaskEventCodecTests
{
    private const string Contribute = "TaskContribute(bytes32,address,bytes32)";
    private const string WorkerTopic = "0x00000000000000000000000070997970c51812dc3a010c7d01b50e0d17dc79c8";
    private static readonly Address Hub = Address.Parse("0xB2157BF2fAb286b2A4170E3491Ac39770111Da3E");
    private static readonly string Hash = VectorFile.TaskId(1);

    [Theory]
    [InlineData("TaskInitialize(bytes32,address)", "Initialized")]
    [InlineData("TaskReopen(bytes32)", "Reopened")]
    [InlineData("TaskClaimed(bytes32)", "Claimed")]
    [InlineData("TaskConsensus(bytes32,bytes32)", "ConsensusReached")]
    public void Reads_an_event_without_a_worker(string signature, string kind)
    {
        var log = TaskEventCodec.Decode(Log(signature), Hub);
        Assert.Equal((kind, VectorFile.TaskId(0), null), ($"{log.Event}", $"{log.TaskId}", log.Worker));
        Assert.Equal((16, 2), (log.BlockNumber, log.LogIndex));
        Assert.Equal(kind is "ConsensusReached" ? Hash : null, log.Hash);
        Assert.Null(log.Result);
    }

    [Theory]
    [InlineData(Contribute, "Contributed")]
    [InlineData("TaskReveal(bytes32,address,bytes32)", "Revealed")]
    public void Reads_who_contributed_or_revealed_what(string signature, string kind)
    {
        var log = TaskEventCodec.Decode(Log(signature, change: log => ((JsonArray)log["topics"]!).Add(WorkerTopic)), Hub);
        Assert.Equal((kind, "0x70997970C51812dc3A010C7d01b50e0d17dc79C8", Hash), ($"{log.Event}", log.Worker, log.Hash));
        Refuses(Log(signature));
    }

    [Theory]
    [InlineData("0x0", 0L)]
    [InlineData("0x3afff4417f", 253_402_300_799)]
    [InlineData("0x3afff44180", null)]
    [InlineData(null, null)]
    public void Reads_the_blocks_time_when_the_node_includes_it(string? timestamp, long? seconds)
    {
        var log = TaskEventCodec.Decode(Log("TaskReopen(bytes32)", log => log["blockTimestamp"] = timestamp), Hub);
        Assert.Equal(seconds, log.Timestamp?.ToUnixTimeSeconds());
    }

    [Fact]
    public void Rejects_anything_but_events_of_tasks()
    {
        Refuses(Log("Transfer(address,address,uint256)"));
        Refuses(Log("TaskReopen(bytes32)", log => log["topics"] = new JsonArray([.. log["topics"]!.AsArray().Take(1).Select(topic => topic!.DeepClone())])));
        foreach (var member in new[] { "topics", "address", "blockNumber", "logIndex", "transactionHash" })
            Refuses(Log("TaskReopen(bytes32)", log => log.Remove(member)));
        Refuses(Log("TaskReopen(bytes32)", log => log["address"] = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8"));
        Refuses(Log("TaskReopen(bytes32)", log => log["blockNumber"] = "0x8000000000000000"));
        Refuses(Log("TaskConsensus(bytes32,bytes32)", log => log["data"] = Hash[..^2]));
        Refuses(Log("TaskConsensus(bytes32,bytes32)", log => log["data"] = "0xzz" + Hash[4..]));
        Refuses(Log("TaskConsensus(bytes32,bytes32)", log => log["data"] = ""));
    }

    private static void Refuses(JsonElement log) => Assert.Throws<AbiFormatException>(() => TaskEventCodec.Decode(log, Hub));

    private static JsonElement Log(string signature, Action<JsonObject>? change = null)
    {
        var log = new JsonObject
        {
            ["address"] = Hub.ToString(),
            ["topics"] = new JsonArray(Bytes32.Keccak(System.Text.Encoding.ASCII.GetBytes(signature)).ToString(), VectorFile.TaskId(0)),
            ["data"] = Hash,
            ["blockNumber"] = "0x10",
            ["logIndex"] = "0x2",
            ["transactionHash"] = Hash,
        };
        change?.Invoke(log);
        return JsonSerializer.SerializeToElement(log);
    }
}
