using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Watching;

/// <summary>Finds the events between two readings of tasks: from the hub's log or, if that is not available, from the readings themselves.</summary>
internal sealed class ChangeReader(IExecSession session)
{
    /// <summary>A node may return the log of a new block late, or a state early.</summary>
    private const int Attempts = 3;

    /// <summary>After this many refusals, the log is not requested again.</summary>
    private const int MaxRefusals = 3;

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);
    private readonly Dictionary<Bytes32, (long Block, long LogIndex)> _lastTold = [];
    private int _refusals;

    /// <summary>Reads the events.</summary>
    /// <param name="changes">The tasks that changed.</param>
    /// <param name="firstBlock">The block after the earlier readings.</param>
    /// <param name="lastBlock">The block of the later readings.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>For each change, the updates in the chain's order.</returns>
    /// <exception cref="IExecException">RpcUnavailable, RateLimited.</exception>
    public async Task<IReadOnlyDictionary<Bytes32, IReadOnlyList<IExecTaskUpdate>>> ReadAsync(
        IReadOnlyList<TaskChange> changes, long firstBlock, long lastBlock, CancellationToken cancellationToken)
    {
        var told = new Dictionary<Bytes32, IReadOnlyList<IExecTaskUpdate>>();
        var untold = changes;
        for (var attempt = 1; untold.Count > 0 && attempt <= Attempts && _refusals < MaxRefusals; attempt++)
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

        // Only after success, because a failed range is read again.
        foreach (var updates in told)
            _lastTold[updates.Key] = (updates.Value[updates.Value.Count - 1].BlockNumber, updates.Value[updates.Value.Count - 1].LogIndex);
        return told;
    }

    /// <summary>Some nodes return events of the next block too, so that events may occur twice.</summary>
    private bool IsNew(TaskEvent log) => !_lastTold.TryGetValue(log.TaskId, out var last) || (log.BlockNumber, log.LogIndex).CompareTo(last) > 0;

    private async Task<long> ReadLatestAsync(CancellationToken cancellationToken) =>
        (long)BlockHeader.Read(await session.Rpc.SendAsync(BlockHeader.GetLatest, cancellationToken).ConfigureAwait(false)).Number;

    /// <summary>No sequence of events leads to this state: the chain was reorganised.</summary>
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
