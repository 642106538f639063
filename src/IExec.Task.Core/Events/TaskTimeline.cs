using System;
using System.Collections.Generic;
using System.Linq;

namespace IExec.Tasks.Events;

/// <summary>Merges the events of the chain and of the scheduler into one order.</summary>
internal static class TaskTimeline
{
    /// <summary>A block's time is in whole seconds, and a scheduler may take its date a moment before it stores the status.</summary>
    private static readonly TimeSpan MostBehind = TimeSpan.FromSeconds(2);

    /// <summary>A scheduler notices within seconds to a minute what happens on the chain.</summary>
    private static readonly TimeSpan MostAhead = TimeSpan.FromMinutes(2);

    /// <summary>The statuses that a scheduler's task goes to because of an event on the chain.</summary>
    private static readonly Dictionary<string, IExecTaskEventKind> OfTask = new(StringComparer.Ordinal)
    {
        ["INITIALIZED"] = IExecTaskEventKind.Initialized,
        ["CONSENSUS_REACHED"] = IExecTaskEventKind.ConsensusReached,
        ["FINALIZED"] = IExecTaskEventKind.Finalized,
    };

    /// <summary>The same for a worker's part.</summary>
    private static readonly Dictionary<string, IExecTaskEventKind> OfWorker = new(StringComparer.Ordinal)
    {
        ["CONTRIBUTED"] = IExecTaskEventKind.Contributed,
        ["REVEALED"] = IExecTaskEventKind.Revealed,
    };

    /// <summary>
    /// Merges the events. The order within each history is kept: that of the chain, that of the scheduler's task, and that of each worker. Between
    /// histories, the order goes by time; an event dated before its predecessor in the same history is given the predecessor's time.
    /// </summary>
    public static IReadOnlyList<IExecTaskEvent> Merge(IEnumerable<IExecTaskEvent> chain, IEnumerable<IEnumerable<IExecTaskEvent>> scheduler)
    {
        var placed = new List<(DateTimeOffset Time, IExecTaskEvent Event)>();
        foreach (var history in scheduler.Prepend(chain))
        {
            var time = DateTimeOffset.MinValue;
            foreach (var happened in history)
            {
                time = happened.Timestamp > time ? happened.Timestamp.Value : time;
                placed.Add((time, happened));
            }
        }

        return [.. placed.OrderBy(place => place.Time).Select(place => place.Event)]; // stable
    }

    /// <summary>The scheduler's histories: the task's, and that of each worker.</summary>
    public static IReadOnlyList<IReadOnlyList<IExecTaskEvent>> Histories(IExecTaskOffchainInfo info, string dealId) =>
    [
        History(info.StatusHistory, info.TaskId, dealId, null),
        .. info.Replicates.Select(replicate => History(replicate.StatusHistory, info.TaskId, dealId, replicate.Worker)),
    ];

    /// <summary>
    /// The minimum error of the scheduler's clock: negative when it dates something before it happened on the chain. Null when there is none.
    /// </summary>
    public static TimeSpan? Difference(IEnumerable<IExecTaskEvent> chain, IEnumerable<IEnumerable<IExecTaskEvent>> scheduler)
    {
        var happened = chain.Where(item => item is { Timestamp: not null, Kind: not null }).ToLookup(item => (item.Kind!.Value, item.Worker), item => item.Timestamp!.Value);
        var differences = new List<TimeSpan>();
        foreach (var history in scheduler)
        {
            foreach (var same in history.Where(item => item.Timestamp is not null).GroupBy(item => item.Name, StringComparer.Ordinal))
            {
                var first = same.First();
                var known = (first.Worker is null ? OfTask : OfWorker).TryGetValue(first.Name, out var kind) ? happened[(kind, first.Worker)] : [];
                differences.AddRange(known.Take(1).Select(time => first.Timestamp!.Value - time));
            }
        }

        if (differences.Count == 0)
            return null;
        var least = differences.Min();
        return least < -MostBehind || least > MostAhead ? least : null;
    }

    private static List<IExecTaskEvent> History(IEnumerable<IExecTaskOffchainStatus> updates, string taskId, string dealId, string? worker) =>
    [
        .. updates.Select(update => new IExecTaskEvent
        {
            TaskId = taskId,
            DealId = dealId,
            Timestamp = update.Date,
            Source = IExecTaskEventSource.Scheduler,
            Name = update.Status ?? "",
            Worker = worker,
            Cause = update.Cause,
            TransactionHash = update.TransactionHash,
            Explanation = update.Explanation,
        }),
    ];
}
