using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Tasks;

/// <summary>Finds tasks by what a user calls them, and reads their state. One instance serves one command: a deal is read once in its life.</summary>
internal sealed class TaskReader(IExecSession session)
{
    private readonly Dictionary<Bytes32, ScheduledDeal> _deals = [];
    private readonly Dictionary<Bytes32, DealIndexes> _indexes = [];

    /// <summary>The task with this id.</summary>
    /// <exception cref="IExecException">InvalidTaskId.</exception>
    public static TaskTarget ById(string taskId) => Bytes32.TryParse(taskId, out var id)
        ? new TaskTarget(taskId, id)
        : throw new IExecException(IExecErrorId.InvalidTaskId, $"'{taskId}' is not a task id.");

    /// <summary>The tasks of a deal.</summary>
    /// <exception cref="IExecException">InvalidDealId, DealNotFound.</exception>
    public async Task<DealTasks> ByDealAsync(string dealId, CancellationToken cancellationToken) => Bytes32.TryParse(dealId, out var id)
        ? new DealTasks(dealId, await ReadDealAsync(id, cancellationToken).ConfigureAwait(false))
        : throw new IExecException(IExecErrorId.InvalidDealId, $"'{dealId}' is not a deal id.");

    /// <summary>The task with this id, which belongs to this deal and need not be initialised.</summary>
    /// <exception cref="IExecException">InvalidTaskId, InvalidDealId, DealNotFound, TaskNotInDeal.</exception>
    public async Task<TaskTarget> ByIdInDealAsync(string taskId, string dealId, CancellationToken cancellationToken)
    {
        var target = ById(taskId);
        var origin = (await ByDealAsync(dealId, cancellationToken).ConfigureAwait(false)).Origin;
        if (!_indexes.TryGetValue(origin.Deal.Id, out var indexes))
            indexes = _indexes[origin.Deal.Id] = new DealIndexes(origin.Deal);
        return indexes.Find(target.TaskId, cancellationToken) is { } index
            ? target with { Origin = origin, Index = index }
            : throw new IExecException(IExecErrorId.TaskNotInDeal, $"Task {target.TaskId} does not belong to deal {origin.Deal.Id}.");
    }

    /// <summary>A task that was read before, initialised since or not.</summary>
    public async Task<TaskTarget> ByObjectAsync(IExecTask task, CancellationToken cancellationToken) => new(
        task,
        Bytes32.Parse(task.TaskId),
        task.OnChainStatus != IExecTaskStatus.Unset ? null
            : task.Origin is { } origin && task.ChainId == session.Connection.ChainId ? origin
            : await ReadDealAsync(Bytes32.Parse(task.DealId), cancellationToken).ConfigureAwait(false),
        task.Index);

    /// <summary>Reads the state of tasks, in their order; null for one that is not initialised and whose deal was not given, and for one that does not exist.</summary>
    public async Task<IExecTask?[]> ReadAsync(IReadOnlyList<TaskTarget> targets, CancellationToken cancellationToken)
    {
        var readings = await session.Hub.ReadTasksAsync([.. targets.Select(target => target.TaskId)], cancellationToken).ConfigureAwait(false);
        return [.. readings.Select((reading, i) => reading.Task ?? targets[i].Uninitialized(reading.BlockTimestamp, session.Connection.ChainId))];
    }

    /// <summary>The failure that stands for a null of <see cref="ReadAsync"/>.</summary>
    public IExecException NotFound(TaskTarget target) =>
        new(IExecErrorId.TaskNotFound, $"There is no initialised task {target.TaskId} on chain {session.Connection.ChainId}.");

    private async Task<ScheduledDeal> ReadDealAsync(Bytes32 dealId, CancellationToken cancellationToken)
    {
        if (!_deals.TryGetValue(dealId, out var deal))
        {
            var read = await session.Hub.ReadDealAsync(dealId, cancellationToken).ConfigureAwait(false);
            deal = _deals[dealId] = await session.Hub.ReadScheduleAsync(read, cancellationToken).ConfigureAwait(false);
        }

        return deal;
    }
}
