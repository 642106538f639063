using System.Collections.Generic;
using IExec.Tasks.Contracts;

namespace IExec.Tasks.Watching;

/// <summary>Decides what a user hears of a task: its first state, every change of status, its end, and on request every event.</summary>
internal static class UpdateFilter
{
    /// <param name="before">The last reading; null for the first.</param>
    /// <param name="after">The new reading.</param>
    /// <param name="happened">What happened in between.</param>
    /// <param name="block">The block of the new reading.</param>
    /// <param name="isDetailed">Whether to tell of events that leave the status as it is.</param>
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

    /// <summary>What a transaction passes through was never the chain's state.</summary>
    private static bool IsInside(IExecTaskUpdate update, IExecTaskUpdate? next) =>
        next is not null && update.TransactionHash is not null && update.TransactionHash == next.TransactionHash;
}
