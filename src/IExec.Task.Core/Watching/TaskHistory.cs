using System;
using System.Collections.Generic;
using System.Linq;
using IExec.Tasks.Contracts;

namespace IExec.Tasks.Watching;

/// <summary>
/// Reconstructs the updates of a task between two readings, event by event. Every event of the PoCo contracts changes the status, the
/// contributors or the number of reveals permanently, so that each state occurs only once.
/// </summary>
internal static class TaskHistory
{
    /// <summary>The contracts' <c>REVEAL_DEADLINE_RATIO</c>: reveals end this many units of time after the consensus.</summary>
    private const int RevealDeadlineRatio = 2;

    /// <summary>Whether the states differ.</summary>
    public static bool Differ(IExecTask before, IExecTask after) =>
        before.OnChainStatus != after.OnChainStatus
        || before.RevealCounter != after.RevealCounter
        || before.Contributors.Length != after.Contributors.Length
        || before.ConsensusValue != after.ConsensusValue;

    /// <summary>The updates that events cause. The last one leaves the task in the later state, unless its final deadline has passed since.</summary>
    /// <param name="before">The earlier reading.</param>
    /// <param name="after">The later one.</param>
    /// <param name="logs">Events in the chain's order; the first may be before the earlier reading, and the last after the later one.</param>
    /// <returns>Null when the events do not lead from one reading to the other: some are missing, or the chain was reorganised.</returns>
    public static IReadOnlyList<IExecTaskUpdate>? Replay(IExecTask before, IExecTask after, IReadOnlyList<TaskEvent> logs)
    {
        for (var first = 0; first < logs.Count; first++)
        {
            if (Replay(before, after, logs, first) is { } updates)
                return updates;
        }

        return null;
    }

    private static List<IExecTaskUpdate>? Replay(IExecTask before, IExecTask after, IReadOnlyList<TaskEvent> logs, int first)
    {
        var updates = new List<IExecTaskUpdate>();
        var task = before;
        for (var i = first; i < logs.Count; i++)
        {
            var log = logs[i];
            if (!IsPossible(log, task))
                return null;

            // Without the block's time, the earliest possible one is used, so that an event never seems to come after a deadline.
            task = Apply(log, task, after, log.Timestamp ?? before.BlockTimestamp);
            var isLast = IsEndOfTransaction(logs, i) && !Differ(task, after);
            updates.Add(new IExecTaskUpdate
            {
                Task = isLast && !after.IsClaimable ? after : task,
                Timestamp = log.Timestamp ?? after.BlockTimestamp,
                Event = log.Event,
                Worker = log.Worker,
                Hash = log.Hash,
                BlockNumber = log.BlockNumber,
                LogIndex = log.LogIndex,
                TransactionHash = log.TransactionHash,
            });
            if (isLast)
                return updates;
        }

        return null;
    }

    /// <summary>The events that follow from the two readings alone. Who revealed is not known then.</summary>
    public static IReadOnlyList<TaskEvent> Infer(IExecTask before, IExecTask after, long blockNumber)
    {
        var logs = new List<TaskEvent>();
        var isReopened = before.OnChainStatus == IExecTaskStatus.Revealing
            && (after.OnChainStatus == IExecTaskStatus.Active || after.Contributors.Length > before.Contributors.Length);
        if (before.OnChainStatus == IExecTaskStatus.Unset)
            Add(IExecTaskEventKind.Initialized);
        if (isReopened)
            Add(IExecTaskEventKind.Reopened);
        foreach (var worker in after.Contributors.Skip(before.Contributors.Length))
            Add(IExecTaskEventKind.Contributed, worker);
        if (after.ConsensusValue != TaskCodec.ZeroText && (isReopened || before.ConsensusValue == TaskCodec.ZeroText))
            Add(IExecTaskEventKind.ConsensusReached, hash: after.ConsensusValue);
        for (var reveals = before.RevealCounter; reveals < Math.Min(after.RevealCounter, after.Contributors.Length); reveals++)
            Add(IExecTaskEventKind.Revealed, hash: after.ResultDigest);
        if (after.OnChainStatus == IExecTaskStatus.Completed)
            Add(IExecTaskEventKind.Finalized);
        if (after.OnChainStatus == IExecTaskStatus.Failed)
            Add(IExecTaskEventKind.Claimed);
        return logs;

        void Add(IExecTaskEventKind what, string? worker = null, string? hash = null) => logs.Add(new TaskEvent
        {
            Event = what,
            Worker = worker,
            Hash = hash,
            Result = after.Result,
            BlockNumber = blockNumber,
            LogIndex = long.MaxValue,
        });
    }

    /// <summary>No state within a transaction can be read.</summary>
    private static bool IsEndOfTransaction(IReadOnlyList<TaskEvent> logs, int i) =>
        i == logs.Count - 1 || logs[i].TransactionHash is null || logs[i].TransactionHash != logs[i + 1].TransactionHash;

    /// <summary>Whether the contract allows this event in the task's state.</summary>
    private static bool IsPossible(TaskEvent log, IExecTask task) => log.Event switch
    {
        IExecTaskEventKind.Initialized => task.OnChainStatus == IExecTaskStatus.Unset,
        IExecTaskEventKind.Contributed => task.OnChainStatus == IExecTaskStatus.Active && !task.Contributors.Contains(log.Worker),
        IExecTaskEventKind.ConsensusReached => task.OnChainStatus == IExecTaskStatus.Active,
        IExecTaskEventKind.Revealed or IExecTaskEventKind.Finalized => task.OnChainStatus == IExecTaskStatus.Revealing,
        IExecTaskEventKind.Reopened => task is { OnChainStatus: IExecTaskStatus.Revealing, RevealCounter: 0 },
        _ => task.OnChainStatus is IExecTaskStatus.Active or IExecTaskStatus.Revealing,
    };

    /// <summary>The task's state after an event. What the event does not contain is taken from the later reading.</summary>
    private static IExecTask Apply(TaskEvent log, IExecTask task, IExecTask later, DateTimeOffset time) => log.Event switch
    {
        IExecTaskEventKind.Initialized => new IExecTask(task) { OnChainStatus = IExecTaskStatus.Active, BlockTimestamp = time },
        IExecTaskEventKind.Contributed => new IExecTask(task) { Contributors = [.. task.Contributors, log.Worker!], BlockTimestamp = time },
        IExecTaskEventKind.ConsensusReached => new IExecTask(task)
        {
            OnChainStatus = IExecTaskStatus.Revealing,
            ConsensusValue = log.Hash!,
            RevealCounter = 0,
            WinnerCounter = later.ConsensusValue == log.Hash ? later.WinnerCounter : 1,
            RevealDeadline = later.ConsensusValue == log.Hash ? later.RevealDeadline : HubClient.After(time, task.TimeRef, RevealDeadlineRatio),
            BlockTimestamp = time,
        },
        IExecTaskEventKind.Revealed => new IExecTask(task) { RevealCounter = task.RevealCounter + 1, ResultDigest = log.Hash!, BlockTimestamp = time },
        IExecTaskEventKind.Reopened => new IExecTask(task)
        {
            OnChainStatus = IExecTaskStatus.Active,
            ConsensusValue = TaskCodec.ZeroText,
            RevealDeadline = null,
            WinnerCounter = 0,
            BlockTimestamp = time,
        },
        IExecTaskEventKind.Finalized => new IExecTask(task)
        {
            OnChainStatus = IExecTaskStatus.Completed,
            Result = log.Result!,
            ResultsCallback = later.ResultsCallback,
            BlockTimestamp = time,
        },
        IExecTaskEventKind.Claimed => new IExecTask(task) { OnChainStatus = IExecTaskStatus.Failed, BlockTimestamp = time },
        _ => throw new ArgumentOutOfRangeException(nameof(log), log.Event, null),
    };
}
