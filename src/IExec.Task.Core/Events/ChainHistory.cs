using System;
using System.Collections.Generic;
using System.Linq;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Events;

/// <summary>What the chain tells of tasks.</summary>
/// <param name="ChainId">The chain.</param>
/// <param name="BlockTimestamp">The time of the block up to which the events were read.</param>
/// <param name="States">The states of those that are initialised.</param>
/// <param name="Events">The events, each task's in the chain's order.</param>
internal sealed record ChainHistory(
    long ChainId, DateTimeOffset BlockTimestamp, IReadOnlyDictionary<Bytes32, IExecTask> States, ILookup<Bytes32, IExecTaskEvent> Events)
{
    /// <summary>The task as the chain has it; one that is not initialised as its deal tells it.</summary>
    public IExecTask StateOf(TaskWithDeal task) => States.TryGetValue(task.TaskId, out var state) ? state : task.Target.Uninitialized(BlockTimestamp, ChainId)!;
}
