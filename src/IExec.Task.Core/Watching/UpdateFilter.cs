using System.Collections.Generic;
using IExec.Tasks.Contracts;

namespace IExec.Tasks.Watching;

/// <summary>Selects the updates to emit for a task: its first state, every change of status, its end, and on request every event.</summary>
internal static class UpdateFilter
{
    /// <param name="before">The last reading; null for the first.</param>
    /// <param name="after">The new reading.</param>
    /// <param name="happened">The updates in between.</param>
    /// <param name="block">The block of the new reading.</param>
    /// <param name="isDetailed">Whether to include events that do not change the status.</param>
    public static IEnumerable<IExecTaskUpdate> Select(IExecTask? before, IExecTask after, IReadOnlyList<IExecTaskUpdate> happened, BlockHeader block, bool isDetailed)
    {
        var status = before?.OnChainStatus;
        for (var i = 0; i < happened.Count; i++)
        {
            var (update, next) = (happened[i], i + 1 < happened.Count ? happened[i + 1] : null);

            // Only the last update may be the final one: a claim can come after the final deadline.
            if (update.IsFinal && (next is not null || after.IsClaimable))
                continue;
            if (!isDetailed && (update.Task.OnChainStatus == status || IsInside(update, next)))
                continue;
            status = update.Task.OnChainStatus;
            yield return update;
        }

        if (before is null || after.IsClaimable)
            yield return new IExecTaskUpdate { Task = after, Timestamp = block.Timestamp, BlockNumber = (long)block.Number };
    }

    /// <summary>A state within a transaction was never the chain's state.</summary>
    private static bool IsInside(IExecTaskUpdate update, IExecTaskUpdate? next) =>
        next is not null && update.TransactionHash is not null && update.TransactionHash == next.TransactionHash;
}
