using System;
using System.Collections.Generic;
using System.Linq;

namespace IExec.Tasks.Reports;

/// <summary>Computes the layout of the chart: the positions of bars and marks, not their appearance.</summary>
/// <param name="axis">The time axis.</param>
/// <param name="finalDeadline">The deal's final deadline.</param>
internal sealed class GanttLayout(GanttAxis axis, DateTimeOffset finalDeadline)
{
    /// <summary>The minimum width of a phase, as a part of the whole.</summary>
    private const double ShortestBar = 0.004;

    /// <summary>The maximum number of workers of a task.</summary>
    private const int MaxWorkers = 10;

    /// <summary>Lays out a task.</summary>
    public GanttTask Of(ReportedTask task) => new(
        task,
        OwnLane(task),
        [
            .. task.Events
                .Where(happened => happened is { Worker: not null, Timestamp: not null })
                .GroupBy(happened => happened.Worker, StringComparer.Ordinal)
                .Take(MaxWorkers)
                .Select(part => WorkerLane(part.Key!, [.. part], task)),
        ]);

    private GanttLane OwnLane(ReportedTask task)
    {
        var bars = new List<GanttBar>();
        var points = new List<GanttPoint>();
        var (phase, since) = (GanttPhase.Waiting, (DateTimeOffset?)null);
        foreach (var (happened, time) in task.ChainEvents)
        {
            switch (happened.Kind)
            {
                case IExecTaskEventKind.DealMatched:
                    since = time;
                    break;
                case IExecTaskEventKind.Initialized:
                    Enter(GanttPhase.Contributing, time);
                    break;
                case IExecTaskEventKind.ConsensusReached:
                    Enter(GanttPhase.Revealing, time);
                    break;
                case IExecTaskEventKind.Reopened:
                    Enter(GanttPhase.Contributing, time);
                    points.Add(new GanttPoint(GanttMark.Reopened, axis.At(time)));
                    break;
                case IExecTaskEventKind.Finalized:
                    Finish(time);
                    points.Add(new GanttPoint(GanttMark.Finalized, axis.At(time)));
                    break;
                case IExecTaskEventKind.Claimed:
                    Finish(time);
                    points.Add(new GanttPoint(GanttMark.Claimed, axis.At(time)));
                    break;
            }
        }

        // Without the event that started the phase, which not every node keeps, its duration is not known.
        if (!task.IsDone && (phase != GanttPhase.Waiting || task.State.OnChainStatus == IExecTaskStatus.Unset))
            Finish(task.State.BlockTimestamp);
        return new GanttLane(null, bars, points);

        void Enter(GanttPhase next, DateTimeOffset time)
        {
            Add(bars, phase, since, time);
            (phase, since) = (next, time);
        }

        void Finish(DateTimeOffset time)
        {
            Add(bars, phase, since, time < finalDeadline ? time : finalDeadline);
            if (time > finalDeadline)
                Add(bars, GanttPhase.Overdue, finalDeadline, time);
            since = null;
        }
    }

    private GanttLane WorkerLane(string worker, IReadOnlyList<IExecTaskEvent> events, ReportedTask task)
    {
        var bars = new List<GanttBar>();
        var points = new List<GanttPoint>();
        var first = events.Min(happened => happened.Timestamp);
        var contributed = TimeOf(IExecTaskEventKind.Contributed);
        var revealed = TimeOf(IExecTaskEventKind.Revealed);
        var failures = events.Where(IsFailure).Select(happened => happened.Timestamp!.Value).ToList();
        var isAtWork = !task.IsDone && contributed is null && failures.Count == 0;
        Add(bars, GanttPhase.Working, first, contributed ?? (isAtWork ? task.State.BlockTimestamp : events.Max(happened => happened.Timestamp)!.Value));
        if (revealed is not null)
            Add(bars, GanttPhase.Revealing, contributed, revealed.Value);
        if (contributed is not null)
            points.Add(new GanttPoint(GanttMark.Contributed, axis.At(contributed.Value)));
        if (revealed is not null)
            points.Add(new GanttPoint(GanttMark.Revealed, axis.At(revealed.Value)));
        points.AddRange(failures.Take(1).Select(time => new GanttPoint(GanttMark.Failed, axis.At(time))));
        return new GanttLane(worker, bars, points);

        DateTimeOffset? TimeOf(IExecTaskEventKind kind) => events.LastOrDefault(happened => happened.Kind == kind)?.Timestamp;
    }

    private void Add(List<GanttBar> bars, GanttPhase phase, DateTimeOffset? since, DateTimeOffset until)
    {
        if (since is null || until <= since)
            return;
        var from = Math.Min(axis.At(since.Value), 1 - ShortestBar);
        bars.Add(new GanttBar(phase, from, Math.Max(axis.At(until), from + ShortestBar)));
    }

    private static bool IsFailure(IExecTaskEvent happened) => happened.Kind is { } kind
        ? kind == IExecTaskEventKind.FaultyContribution
        : happened.Name is "FAILED" or "ABORTED" or "WORKER_LOST" || happened.Name.EndsWith("_FAILED", StringComparison.Ordinal);
}
