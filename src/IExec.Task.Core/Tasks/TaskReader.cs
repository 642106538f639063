using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Tasks;

/// <summary>Finds the tasks that a user named, and reads their states. One instance serves one command, and reads a deal once.</summary>
internal sealed class TaskReader(IExecSession session)
{
    private readonly Dictionary<Bytes32, ScheduledDeal?> _deals = [];
    private readonly Dictionary<Bytes32, TaskIndexLookup> _indexes = [];

    /// <summary>The task with this id.</summary>
    /// <exception cref="IExecException">InvalidTaskId.</exception>
    public static TaskTarget ById(string taskId) => Bytes32.TryParse(taskId, out var id)
        ? new TaskTarget(taskId, id)
        : throw new IExecException(IExecErrorId.InvalidTaskId, $"'{taskId}' is not a task id.");

    /// <summary>
    /// Finds the tasks that a user named, in their order: InvalidTaskId, InvalidDealId, DealNotFound or TaskNotInDeal for the others. Tasks are not read; the
    /// deals that are named are read together, each once.
    /// </summary>
    public async Task<IEnumerable<Found<TaskTarget>>> FindAsync(IReadOnlyList<TaskSelector> selectors, CancellationToken cancellationToken)
    {
        foreach (var origin in selectors.Select(selector => selector.Known).OfType<IExecTask>().Where(task => task.ChainId == session.Connection.ChainId).Select(task => task.Origin!))
            _deals[origin.Deal.Id] = origin;
        await ReadDealsAsync(selectors.Select(selector => selector.DealId), cancellationToken).ConfigureAwait(false);
        return selectors.SelectMany(selector => Find(selector, cancellationToken));
    }

    /// <summary>
    /// Reads the states of tasks, in their order. TaskNotFound for a task that does not exist, or that is not initialised and whose deal is not known.
    /// </summary>
    /// <param name="targets">The tasks.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <param name="block">The block to read in; the latest without it.</param>
    public async Task<Found<IExecTask>[]> ReadAsync(IReadOnlyList<TaskTarget> targets, CancellationToken cancellationToken, BlockHeader? block = null)
    {
        var hub = block is null ? session.Hub : session.Hub.At(block);
        var readings = await hub.ReadTasksAsync([.. targets.Select(target => target.TaskId)], cancellationToken).ConfigureAwait(false);
        return [.. targets.Zip(readings, StateOf)];
    }

    private Found<IExecTask> StateOf(TaskTarget target, TaskReading reading) =>
        (reading.Task ?? target.Uninitialized(reading.BlockTimestamp, session.Connection.ChainId)) is { } task
            ? new(target.Input, task)
            : new(target.Input, null, session.TaskNotFound(target.TaskId));

    private IEnumerable<Found<TaskTarget>> Find(TaskSelector selector, CancellationToken cancellationToken)
    {
        try
        {
            if (selector.TaskId is { } taskId)
                return [Found(ById(taskId, selector, cancellationToken))];
            var deal = Deal(selector.DealId!);
            return selector.Indexes is { } indexes ? indexes.Select(index => At(deal, index)) : TaskTarget.AllOf(selector.DealId!, deal).Select(Found);
        }
        catch (IExecException exception)
        {
            return [new(selector.Input, null, exception)];
        }
    }

    private TaskTarget ById(string taskId, TaskSelector selector, CancellationToken cancellationToken)
    {
        var target = ById(taskId) with { Input = selector.Input };
        if (selector.DealId is null)
            return target;
        var origin = Deal(selector.DealId);
        if (selector.Known is { } known && known.ChainId == session.Connection.ChainId)
            return target with { Origin = origin, Index = known.Index };
        if (!_indexes.TryGetValue(origin.Deal.Id, out var indexes))
            indexes = _indexes[origin.Deal.Id] = new TaskIndexLookup(origin.Deal);
        return indexes.Find(target.TaskId, cancellationToken) is { } index
            ? target with { Origin = origin, Index = index }
            : throw new IExecException(IExecErrorId.TaskNotInDeal, $"Task {target.TaskId} does not belong to deal {origin.Deal.Id}.");
    }

    private static Found<TaskTarget> At(ScheduledDeal deal, long index)
    {
        try
        {
            return Found(TaskTarget.At(deal, index));
        }
        catch (IExecException exception)
        {
            return new(index, null, exception);
        }
    }

    private static Found<TaskTarget> Found(TaskTarget target) => new(target.Input, target);

    /// <summary>A deal that was read.</summary>
    private ScheduledDeal Deal(string dealId)
    {
        if (!Bytes32.TryParse(dealId, out var id))
            throw new IExecException(IExecErrorId.InvalidDealId, $"'{dealId}' is not a deal id.");
        return _deals[id] ?? throw session.DealNotFound(id);
    }

    private async Task ReadDealsAsync(IEnumerable<string?> dealIds, CancellationToken cancellationToken)
    {
        HashSet<Bytes32>? unread = null;
        foreach (var text in dealIds)
        {
            if (Bytes32.TryParse(text, out var id) && !_deals.ContainsKey(id))
                (unread ??= []).Add(id);
        }

        if (unread is null)
            return;
        var deals = await session.Hub.ReadDealsAsync([.. unread], cancellationToken).ConfigureAwait(false);
        foreach (var schedule in await session.Hub.ReadSchedulesAsync([.. deals.OfType<Deal>()], cancellationToken).ConfigureAwait(false))
            _deals[schedule.Deal.Id] = schedule;
        foreach (var missing in unread.Where(id => !_deals.ContainsKey(id)))
            _deals[missing] = null;
    }
}
