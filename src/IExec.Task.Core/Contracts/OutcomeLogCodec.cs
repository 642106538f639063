using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Contracts;

/// <summary>
/// The hub's events with the consequences of a task's end for its participants (PoCo, <c>IexecEscrow</c> and <c>IexecPoco2</c>):
/// <c>Reward(address owner, uint256 amount, bytes32 ref)</c>, <c>Seize</c> with the same arguments, <c>AccurateContribution(address indexed worker,
/// bytes32 indexed taskid)</c> and <c>FaultyContribution</c>. The topics of a reward do not name the task, so they are read from the transactions that ended it.
/// </summary>
internal static class OutcomeLogCodec
{
    private static readonly Dictionary<Bytes32, IExecTaskEventKind> Kinds = new()
    {
        [Topic("Reward(address,uint256,bytes32)")] = IExecTaskEventKind.Rewarded,
        [Topic("Seize(address,uint256,bytes32)")] = IExecTaskEventKind.Seized,
        [Topic("AccurateContribution(address,bytes32)")] = IExecTaskEventKind.AccurateContribution,
        [Topic("FaultyContribution(address,bytes32)")] = IExecTaskEventKind.FaultyContribution,
    };

    /// <summary>Decodes a log object of a receipt; null when it is not one of these events of this hub.</summary>
    /// <exception cref="AbiFormatException">It is one, but malformed.</exception>
    public static TaskEvent? Find(JsonElement log, Address hub)
    {
        if (EventLog.Read(log) is not { Topics: { Length: > 0 } topics } read || read.Address != hub || !Kinds.TryGetValue(topics[0], out var kind))
            return null;
        var index = log.Quantity("logIndex") is { } number && number <= long.MaxValue ? (long)number : throw Malformed("logIndex");
        var block = log.Quantity("blockNumber") is { } at && at <= long.MaxValue ? (long)at : throw Malformed("blockNumber");
        var found = new TaskEvent
        {
            Event = kind,
            BlockNumber = block,
            LogIndex = index,
            TransactionHash = read.TransactionHash?.ToString() ?? throw Malformed("transactionHash"),
        };
        if (kind is IExecTaskEventKind.AccurateContribution or IExecTaskEventKind.FaultyContribution)
        {
            return topics is [_, var worker, var task]
                ? found with { Worker = new AbiReader(worker.ToArray()).ReadAddress().ToString(), TaskId = task }
                : throw Malformed("topics");
        }

        var data = new AbiReader(TaskEventCodec.Data(log));
        return found with { Account = data.ReadAddress(), Amount = data.ReadUInt256(), TaskId = data.ReadBytes32() };
    }

    private static AbiFormatException Malformed(string member) => new($"the {member} of an event cannot be read.");

    private static Bytes32 Topic(string signature) => Bytes32.Keccak(Encoding.ASCII.GetBytes(signature));
}
