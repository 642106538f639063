using System;
using System.Collections.Generic;
using System.Linq;

namespace IExec.Tasks.Reports;

/// <summary>A task in a report.</summary>
/// <param name="State">The task's state.</param>
/// <param name="Events">Its events, in order; the first is the deal.</param>
/// <param name="IsKnownToScheduler">Whether the workerpool's scheduler knows it.</param>
internal sealed record ReportedTask(IExecTask State, IReadOnlyList<IExecTaskEvent> Events, bool IsKnownToScheduler)
{
    /// <summary>Whether it is completed or claimed, so that no more events can follow.</summary>
    public bool IsDone => State.OnChainStatus is IExecTaskStatus.Completed or IExecTaskStatus.Failed;

    /// <summary>The events of this task, without that of the deal, which it shares with others.</summary>
    public IEnumerable<IExecTaskEvent> OwnEvents => Events.Where(happened => happened.Kind != IExecTaskEventKind.DealMatched);

    /// <summary>The chain's events, with the times of the blocks.</summary>
    public IEnumerable<(IExecTaskEvent Event, DateTimeOffset Time)> ChainEvents =>
        Events.Where(happened => happened is { Kind: not null, Timestamp: not null }).Select(happened => (happened, happened.Timestamp!.Value));
}
