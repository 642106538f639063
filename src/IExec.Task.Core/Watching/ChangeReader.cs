using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Watching;

/// <summary>Finds out what lies between two readings: from the hub's log, or, where that is not to be had, from the readings themselves.</summary>
internal sealed class ChangeReader(IExecSession session)
{
    /// <summary>The log of a new block may be a moment late, and a reading a moment early.</summary>
    private const int Attempts = 3;

    /// <summary>A node that refused so often is not asked for logs again.</summary>
    private const int MostRefusals = 3;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);
    private readonly Dictionary<Bytes32, (long Block, long LogIndex)> _lastTold = [];
    private int _refusals;

    /// <summary>Reads what happened.</summary>
    /// <param name="changes">The tasks that changed.</param>
    /// <param name="firstBlock">The block after the earlier readings.</param>
    /// <param name="lastBlock">The block of the later readings.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>For each change, what happened in the chain's order.</returns>
    /// <exception cref="IExecException">RpcUnavailable, RateLimited.</exception>
    public async Task<IReadOnlyDictionary<Bytes32, IReadOnlyList<IExecTaskUpdate>>> ReadAsync(
        IReadOnlyList<TaskChange> changes, long firstBlock, long lastBlock, CancellationToken cancellationToken)
    {
        var told = new Dictionary<Bytes32, IReadOnlyList<IExecTaskUpdate>>();
        var untold = changes;
        for (var attempt = 1; untold.Count > 0 && attempt <= Attempts && _refusals < MostRefusals; attempt++)
        {
            if (attempt > 1)
            {
                await Task.Delay(Moment, cancellationToken).ConfigureAwait(false);
                lastBlock = Math.Max(lastBlock, await ReadLatestAsync(cancellationToken).ConfigureAwait(false));
            }

            if (await TryReadLogsAsync(untold, firstBlock, lastBlock, cancellationToken).ConfigureAwait(false) is not { } logs)
                continue;
            foreach (var change in untold)
            {
                if (TaskHistory.Replay(change.Before, change.After, [.. logs[change.TaskId].Where(IsNew)]) is { } updates)
                    told[change.TaskId] = updates;
            }

            untold = [.. untold.Where(change => !told.ContainsKey(change.TaskId))];
        }

        foreach (var (taskId, before, after) in untold)
            told[taskId] = TaskHistory.Replay(before, after, TaskHistory.Infer(before, after, lastBlock)) ?? [WentBack(after, lastBlock)];

        // Only now, because what fails is read again.
        foreach (var updates in told)
            _lastTold[updates.Key] = (updates.Value[updates.Value.Count - 1].BlockNumber, updates.Value[updates.Value.Count - 1].LogIndex);
        return told;
    }

    /// <summary>Some nodes answer for a block with what came right after it, so that events may come up twice.</summary>
    private bool IsNew(TaskEvent log) => !_lastTold.TryGetValue(log.TaskId, out var last) || (log.BlockNumber, log.LogIndex).CompareTo(last) > 0;

    private async Task<long> ReadLatestAsync(CancellationToken cancellationToken) =>
        (long)BlockHeader.Read(await session.Rpc.SendAsync(BlockHeader.GetLatest, cancellationToken).ConfigureAwait(false)).Number;

    /// <summary>A state that no event leads to: the chain was reorganised.</summary>
    private static IExecTaskUpdate WentBack(IExecTask after, long block) => new() { Task = after, Timestamp = after.BlockTimestamp, BlockNumber = block };

    private async Task<ILookup<Bytes32, TaskEvent>?> TryReadLogsAsync(
        IReadOnlyList<TaskChange> changes, long firstBlock, long lastBlock, CancellationToken cancellationToken)
    {
        try
        {
            var logs = await session.Logs.ReadAsync([.. changes.Select(change => change.TaskId)], firstBlock, lastBlock, cancellationToken).ConfigureAwait(false);
            _refusals = 0;
            return logs.ToLookup(log => log.TaskId);
        }
        catch (IExecException exception) when (exception.ErrorId == IExecErrorId.RpcError)
        {
            _refusals++;
            session.Diagnostics.Verbose($"The hub's log cannot be read, so updates come from the tasks' states: {exception.Message}");
            return null;
        }
    }
}
