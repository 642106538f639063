using System;
using System.Collections.Generic;
using System.Linq;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Events;

/// <summary>The chain's history of tasks.</summary>
/// <param name="ChainId">The chain.</param>
/// <param name="BlockTimestamp">The time of the block up to which the events were read.</param>
/// <param name="States">The states of those that are initialised.</param>
/// <param name="Events">The events, each task's in the chain's order.</param>
internal sealed record ChainHistory(
    long ChainId, DateTimeOffset BlockTimestamp, IReadOnlyDictionary<Bytes32, IExecTask> States, ILookup<Bytes32, IExecTaskEvent> Events)
{
    /// <summary>The state of a task; made from the deal if it is not initialised.</summary>
    public IExecTask StateOf(TaskWithDeal task) => States.TryGetValue(task.TaskId, out var state) ? state : task.Target.Uninitialized(BlockTimestamp, ChainId)!;
}
