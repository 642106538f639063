using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Tasks;

/// <summary>Finds the deals of tasks, many in two requests. One instance serves one command, and reads a deal once.</summary>
internal sealed class DealLookup(IExecSession session)
{
    private readonly Dictionary<Bytes32, Deal?> _deals = [];

    /// <summary>
    /// Finds the deals, in the order of the tasks. TaskNotFound for a task that does not exist, or that is not initialised and whose deal is not known;
    /// DealNotFound for one whose deal does not exist.
    /// </summary>
    /// <param name="targets">The tasks. The deal of one that was read before is known.</param>
    /// <param name="cancellationToken">Ends the reads.</param>
    public async Task<Found<TaskWithDeal>[]> FindAsync(IReadOnlyList<TaskTarget> targets, CancellationToken cancellationToken)
    {
        foreach (var deal in targets.Select(target => target.Origin?.Deal).OfType<Deal>())
            _deals[deal.Id] = deal;

        var dealIds = await ReadDealIdsAsync(targets, cancellationToken).ConfigureAwait(false);
        Bytes32[] unread = [.. dealIds.OfType<Bytes32>().Distinct().Where(dealId => !_deals.ContainsKey(dealId))];
        if (unread.Length > 0)
        {
            var deals = await session.Hub.ReadDealsAsync(unread, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < unread.Length; i++)
                _deals[unread[i]] = deals[i];
        }

        return [.. targets.Select((target, i) => Find(target, dealIds[i]))];
    }

    private Found<TaskWithDeal> Find(TaskTarget target, Bytes32? dealId) => dealId is { } id && _deals[id] is { } deal
        ? new(target.Input, new TaskWithDeal(target, deal))
        : new(target.Input, null, dealId is { } missing ? session.DealNotFound(missing) : session.TaskNotFound(target.TaskId));

    private async Task<Bytes32?[]> ReadDealIdsAsync(IReadOnlyList<TaskTarget> targets, CancellationToken cancellationToken)
    {
        Bytes32?[] dealIds = [.. targets.Select(target => target.Origin?.Deal.Id ?? (target.Input is IExecTask task ? Bytes32.Parse(task.DealId) : (Bytes32?)null))];
        int[] unknown = [.. Enumerable.Range(0, targets.Count).Where(i => dealIds[i] is null)];
        if (unknown.Length > 0)
        {
            var readings = await session.Hub.ReadTasksAsync([.. unknown.Select(i => targets[i].TaskId)], cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < unknown.Length; i++)
                dealIds[unknown[i]] = readings[i].Task is { } task ? Bytes32.Parse(task.DealId) : null;
        }

        return dealIds;
    }
}
