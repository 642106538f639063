using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Events;

/// <summary>
/// Reads the chain's events of many tasks at once: the tasks' events by their ids, the deals by the notices of their workerpools, and rewards and
/// stakes from the receipts of the transactions that ended the tasks. One instance serves one command.
/// </summary>
/// <param name="session">The command's session.</param>
/// <param name="progress">Receives what is being read.</param>
internal sealed class ChainEventReader(IExecSession session, IProgress<string> progress)
{
    private readonly Address _hub = Address.Parse(session.Connection.HubAddress);
    private readonly BlockFinder _blocks = new(session);

    /// <summary>Reads the events of tasks, and their states.</summary>
    /// <exception cref="IExecException">RpcError: the node does not return the hub's events, or returns something else; RpcUnavailable, RateLimited.</exception>
    public async Task<ChainHistory> ReadAsync(IReadOnlyList<TaskWithDeal> tasks, CancellationToken cancellationToken)
    {
        TaskWithDeal[] distinct = [.. tasks.GroupBy(task => task.TaskId).Select(same => same.First())];
        var readings = await session.Hub.ReadTasksAsync([.. distinct.Select(task => task.TaskId)], cancellationToken).ConfigureAwait(false);
        var states = distinct.Zip(readings, (task, reading) => (task.TaskId, reading.Task)).Where(pair => pair.Task is not null).ToDictionary(pair => pair.TaskId, pair => pair.Task!);

        // Read after the states, so that the log includes what led to them.
        var latest = BlockHeader.Read(await session.Rpc.SendAsync(BlockHeader.GetLatest, cancellationToken).ConfigureAwait(false));
        session.Diagnostics.SeeBlock(latest.Timestamp, latest.Number);
        var logs = new List<TaskEvent>();
        var notices = new Dictionary<Bytes32, DealNotice>();
        foreach (var window in EventWindow.Of(distinct, states, latest.Timestamp))
        {
            await ReadNoticesAsync(window, latest, notices, cancellationToken).ConfigureAwait(false);
            await ReadLogsAsync(window, latest, states, null, logs, cancellationToken).ConfigureAwait(false);
        }

        logs.AddRange(await ReadOutcomesAsync(logs, cancellationToken).ConfigureAwait(false));
        await WarnOfGapsAsync(states, logs, cancellationToken).ConfigureAwait(false);
        var times = await ReadTimesAsync(logs, cancellationToken).ConfigureAwait(false);
        var byTask = logs.ToLookup(log => log.TaskId);
        var events = distinct
            .SelectMany(
                task => ChainEvents.Of(task.Deal, task.TaskId, notices.TryGetValue(task.Deal.Id, out var notice) ? notice : null, byTask[task.TaskId], times),
                (task, happened) => (task.TaskId, happened))
            .ToLookup(pair => pair.TaskId, pair => pair.happened);
        return new ChainHistory(session.Connection.ChainId, latest.Timestamp, states, events);
    }

    /// <summary>Reads the times of the results of completed tasks: those of the blocks that finalised them.</summary>
    /// <param name="tasks">The tasks.</param>
    /// <param name="states">Their states.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The times; without tasks whose event the node does not return.</returns>
    /// <exception cref="IExecException">RpcError: the node does not return the hub's events, or returns something else; RpcUnavailable, RateLimited.</exception>
    public async Task<IReadOnlyDictionary<Bytes32, DateTimeOffset>> ReadResultTimesAsync(
        IReadOnlyList<TaskWithDeal> tasks, IReadOnlyDictionary<Bytes32, IExecTask> states, CancellationToken cancellationToken)
    {
        var latest = BlockHeader.Read(await session.Rpc.SendAsync(BlockHeader.GetLatest, cancellationToken).ConfigureAwait(false));
        session.Diagnostics.SeeBlock(latest.Timestamp, latest.Number);
        var logs = new List<TaskEvent>();
        foreach (var window in EventWindow.Of(tasks, states, latest.Timestamp))
            await ReadLogsAsync(window, latest, states, IExecTaskEventKind.Finalized, logs, cancellationToken).ConfigureAwait(false);
        logs.RemoveAll(log => log.Event != IExecTaskEventKind.Finalized);
        var times = await ReadTimesAsync(logs, cancellationToken).ConfigureAwait(false);
        return logs
            .Select(log => (log.TaskId, Time: log.Timestamp ?? (times.TryGetValue(log.BlockNumber, out var time) ? time : (DateTimeOffset?)null)))
            .Where(result => result.Time is not null)
            .GroupBy(result => result.TaskId)
            .ToDictionary(same => same.Key, same => same.First().Time!.Value);
    }

    private async Task ReadNoticesAsync(EventWindow window, BlockHeader latest, Dictionary<Bytes32, DealNotice> notices, CancellationToken cancellationToken)
    {
        var deals = new HashSet<Bytes32>(window.Tasks.Select(task => task.Deal.Id));
        Address[] pools = [.. window.Tasks.Select(task => task.Deal.Workerpool.Address).Distinct()];
        var blocks = await NarrowAsync(window.Since, window.LastDeal, latest, cancellationToken).ConfigureAwait(false);
        await foreach (var page in session.DealLogs.ReadNoticesAsync(pools, blocks, cancellationToken).ConfigureAwait(false))
        {
            foreach (var notice in page.Notices.Where(notice => deals.Contains(notice.DealId)))
                notices[notice.DealId] = notice;
            progress.Report(FormattableString.Invariant($"deals of {blocks.Last - page.Blocks.First + 1:N0} of {blocks.Count:N0} blocks"));
        }
    }

    private async Task ReadLogsAsync(
        EventWindow window,
        BlockHeader latest,
        IReadOnlyDictionary<Bytes32, IExecTask> states,
        IExecTaskEventKind? kind,
        List<TaskEvent> logs,
        CancellationToken cancellationToken)
    {
        Bytes32[] taskIds = [.. window.Tasks.Select(task => task.TaskId).Where(states.ContainsKey)];
        if (taskIds.Length == 0)
            return;
        var blocks = await NarrowAsync(window.Since, window.Until, latest, cancellationToken).ConfigureAwait(false);
        await foreach (var page in session.TaskEvents.ReadAsync(taskIds, blocks, kind, cancellationToken).ConfigureAwait(false))
        {
            logs.AddRange(page.Logs);
            progress.Report(FormattableString.Invariant($"events of {blocks.Last - page.Blocks.First + 1:N0} of {blocks.Count:N0} blocks"));
        }
    }

    private Task<BlockRange> NarrowAsync(DateTimeOffset since, DateTimeOffset until, BlockHeader latest, CancellationToken cancellationToken) =>
        _blocks.NarrowAsync(session.Connection.FirstBlock, latest, since, until, "events", cancellationToken);

    /// <summary>The rewards, stakes and judgements at the ends of tasks.</summary>
    private async Task<IReadOnlyList<TaskEvent>> ReadOutcomesAsync(IEnumerable<TaskEvent> logs, CancellationToken cancellationToken)
    {
        var ends = logs
            .Where(log => log.Event is IExecTaskEventKind.Finalized or IExecTaskEventKind.Claimed)
            .GroupBy(log => log.TaskId)
            .ToDictionary(same => same.Key, same => same.First());
        Bytes32[] transactions = [.. ends.Values.Select(end => Bytes32.Parse(end.TransactionHash!)).Distinct()];
        var found = await session.Receipts.ReadAsync(transactions, log => OutcomeLogCodec.Find(log, _hub), cancellationToken).ConfigureAwait(false);
        return
        [
            .. found
                .Where(outcome => ends.TryGetValue(outcome.TaskId, out var end) && end.TransactionHash == outcome.TransactionHash)
                .Select(outcome => outcome with { BlockNumber = ends[outcome.TaskId].BlockNumber, Timestamp = ends[outcome.TaskId].Timestamp }),
        ];
    }

    /// <summary>A node that does not keep all events returns fewer, without an error.</summary>
    private async Task WarnOfGapsAsync(Dictionary<Bytes32, IExecTask> states, IEnumerable<TaskEvent> logs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var told = new HashSet<(Bytes32, IExecTaskEventKind)>(logs.Select(log => (log.TaskId, log.Event)));
        var missing = states.Values.Where(task => !LastOf(task).All(kind => told.Contains((Bytes32.Parse(task.TaskId), kind)))).ToList();
        if (missing.Count > 0)
        {
            await session.Diagnostics.WarnAsync(
                $"The RPC node does not give all events of {(missing.Count == 1 ? $"task {missing[0].TaskId}" : $"{missing.Count} tasks")}. Use a node that keeps the whole history (Connect-IExec -RpcUrl).").ConfigureAwait(false);
        }

        static IEnumerable<IExecTaskEventKind> LastOf(IExecTask task) => task.OnChainStatus switch
        {
            IExecTaskStatus.Completed => [IExecTaskEventKind.Initialized, IExecTaskEventKind.Finalized],
            IExecTaskStatus.Failed => [IExecTaskEventKind.Initialized, IExecTaskEventKind.Claimed],
            _ => [IExecTaskEventKind.Initialized],
        };
    }

    /// <summary>The times of the blocks of events that have no time in the log.</summary>
    private async Task<IReadOnlyDictionary<long, DateTimeOffset>> ReadTimesAsync(IEnumerable<TaskEvent> logs, CancellationToken cancellationToken)
    {
        long[] blocks = [.. logs.Where(log => log.Timestamp is null).Select(log => log.BlockNumber).Distinct()];
        var replies = await session.Batches.SendAsync([.. blocks.Select(BlockHeader.Get)], cancellationToken).ConfigureAwait(false);
        return blocks.Zip(replies, (block, reply) => (block, reply)).Where(pair => !pair.reply.IsNull).ToDictionary(pair => pair.block, pair => BlockHeader.Read(pair.reply).Timestamp);
    }
}
