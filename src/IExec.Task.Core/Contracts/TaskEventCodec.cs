using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Contracts;

/// <summary>Decodes the hub's events of tasks (PoCo, <c>IexecPoco2</c>).</summary>
/// <remarks>
/// The topics are the hash of the event's signature, the task's id and, in TaskContribute and TaskReveal, the worker. The data is, in TaskContribute and
/// TaskConsensus, the consensus hash, in TaskReveal the result digest, and in TaskFinalize the <c>results</c> bytes; otherwise it is not read.
/// </remarks>
internal static class TaskEventCodec
{
    /// <summary>9999-12-31T23:59:59Z, the last second of a <see cref="DateTimeOffset"/>.</summary>
    private const long LastUnixSecond = 253_402_300_799;

    private static readonly Dictionary<Bytes32, IExecTaskEventKind> Events = new()
    {
        [Topic("TaskInitialize(bytes32,address)")] = IExecTaskEventKind.Initialized,
        [Topic("TaskContribute(bytes32,address,bytes32)")] = IExecTaskEventKind.Contributed,
        [Topic("TaskConsensus(bytes32,bytes32)")] = IExecTaskEventKind.ConsensusReached,
        [Topic("TaskReveal(bytes32,address,bytes32)")] = IExecTaskEventKind.Revealed,
        [Topic("TaskReopen(bytes32)")] = IExecTaskEventKind.Reopened,
        [Topic("TaskFinalize(bytes32,bytes)")] = IExecTaskEventKind.Finalized,
        [Topic("TaskClaimed(bytes32)")] = IExecTaskEventKind.Claimed,
    };

    /// <summary>The events' first topics.</summary>
    public static IReadOnlyList<Bytes32> Topics { get; } = [.. Events.Keys];

    /// <summary>The first topic of a kind of event.</summary>
    public static Bytes32 Topic(IExecTaskEventKind kind) => Events.First(known => known.Value == kind).Key;

    /// <summary>Decodes a log object that must be about one of these tasks.</summary>
    /// <exception cref="AbiFormatException">It is about another task, or not a task event of this hub.</exception>
    public static TaskEvent Decode(JsonElement log, Address hub, HashSet<Bytes32> taskIds)
    {
        var read = Decode(log, hub);
        return taskIds.Contains(read.TaskId) ? read : throw new AbiFormatException($"it holds an event of task {read.TaskId}, which was not asked for.");
    }

    /// <summary>Decodes a log object, as <c>eth_getLogs</c> and subscriptions return it.</summary>
    /// <exception cref="AbiFormatException">It is not a task event of this hub, or malformed.</exception>
    public static TaskEvent Decode(JsonElement log, Address hub)
    {
        var topics = DecodeTopics(log, hub);
        var kind = Events[topics[0]];
        var data = new AbiReader(Data(log));
        var worker = kind is IExecTaskEventKind.Contributed or IExecTaskEventKind.Revealed
            ? topics.Length > 2 ? new AbiReader(topics[2].ToArray()).ReadAddress().ToString() : throw Malformed("topics")
            : null;
        return new TaskEvent
        {
            Event = kind,
            TaskId = topics[1],
            Worker = worker,
            Hash = worker is not null || kind is IExecTaskEventKind.ConsensusReached ? data.ReadBytes32().ToString() : null,
            Result = kind is IExecTaskEventKind.Finalized ? ResultLinkReader.Read(data.ReadBytes()) : null,
            BlockNumber = Number(log, "blockNumber") ?? throw Malformed("blockNumber"),
            LogIndex = Number(log, "logIndex") ?? throw Malformed("logIndex"),
            TransactionHash = log.Bytes32("transactionHash")?.ToString() ?? throw Malformed("transactionHash"),
            Timestamp = Number(log, "blockTimestamp") is { } time and <= LastUnixSecond ? DateTimeOffset.FromUnixTimeSeconds(time) : null,
        };
    }

    private static Bytes32[] DecodeTopics(JsonElement log, Address hub) =>
        EventLog.Read(log) is { Topics: { Length: > 1 } topics } read && Events.ContainsKey(topics[0])
            ? read.Address == hub ? topics : throw new AbiFormatException($"The log is not the hub's, but that of {read.Address}.")
            : throw Malformed("topics");

    /// <summary>The event's arguments that are not indexed.</summary>
    /// <exception cref="AbiFormatException">They are not hexadecimal.</exception>
    internal static byte[] Data(JsonElement log)
    {
        var text = log.Member("data")?.AsText() ?? "";
        var bytes = new byte[Math.Max(text.Length - 2, 0) / 2];
        return Hex.TryDecode(text.AsSpan(), bytes) ? bytes : throw Malformed("data");
    }

    private static long? Number(JsonElement log, string name) => log.Quantity(name) is { } value && value <= long.MaxValue ? (long)value : null;

    private static AbiFormatException Malformed(string member) => new($"The log is not a task's: its {member} cannot be read.");

    private static Bytes32 Topic(string signature) => Bytes32.Keccak(Encoding.ASCII.GetBytes(signature));
}
