using System;
using System.Collections.Generic;
using System.Linq;

namespace IExec.Tasks.Reports;

/// <summary>A task as a report tells of it.</summary>
/// <param name="State">The task as the chain has it.</param>
/// <param name="Events">What happened to it, in order; the first is the deal.</param>
/// <param name="IsKnownToScheduler">Whether the workerpool's scheduler told of it.</param>
internal sealed record ReportedTask(IExecTask State, IReadOnlyList<IExecTaskEvent> Events, bool IsKnownToScheduler)
{
    /// <summary>Whether nothing more happens to it: it is completed or claimed.</summary>
    public bool IsDone => State.OnChainStatus is IExecTaskStatus.Completed or IExecTaskStatus.Failed;

    /// <summary>What happened to this task, without the deal that it shares with others.</summary>
    public IEnumerable<IExecTaskEvent> OwnEvents => Events.Where(happened => happened.Kind != IExecTaskEventKind.DealMatched);

    /// <summary>What happened on the chain, with the times of the blocks.</summary>
    public IEnumerable<(IExecTaskEvent Event, DateTimeOffset Time)> ChainEvents =>
        Events.Where(happened => happened is { Kind: not null, Timestamp: not null }).Select(happened => (happened, happened.Timestamp!.Value));
}
