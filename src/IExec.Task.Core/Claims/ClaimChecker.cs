using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Claims;

/// <summary>Finds out which tasks can be claimed, by the chain's clock, and why others cannot: the hub reverts without a reason.</summary>
internal sealed class ClaimChecker(IExecSession session, TaskReader reader)
{
    /// <summary>Checks the tasks. For a whole deal, tasks that cannot be claimed are skipped; it is an error only if none is left.</summary>
    /// <returns>The tasks that can be claimed, each once, and the errors of the others.</returns>
    public async Task<(IReadOnlyList<ClaimableTask> Claimable, IReadOnlyList<ClaimOutcome> Failures)> CheckAsync(
        IEnumerable<TaskTarget> targets, CancellationToken cancellationToken)
    {
        var distinct = targets.GroupBy(target => target.TaskId).Select(group => group.First()).ToList();
        var tasks = await reader.ReadAsync(distinct, cancellationToken).ConfigureAwait(false);
        var checks = distinct.Zip(tasks, (target, found) => (Target: target, Task: found.Value, Refusal: found.Failure ?? Refuse(found.Require()))).ToList();
        var claimable = checks.Where(check => check.Refusal is null).Select(check => (check.Target, Task: check.Task!)).ToList();

        var claimableDeals = new HashSet<object>(claimable.Select(task => task.Target.Input));
        var failures = checks.Where(check => check.Refusal is not null && !check.Target.IsOfWholeDeal).Select(check => ClaimOutcome.Of(check.Refusal!, check.Target));
        var failedDeals = checks.Where(check => check.Target.IsOfWholeDeal && !claimableDeals.Contains(check.Target.Input))
            .GroupBy(check => check.Target.Input)
            .Select(group => ClaimOutcome.Of(NothingToClaim([.. group.Select(check => check.Task!)]), group.First().Target));
        return (await WithDealsAsync(claimable, cancellationToken).ConfigureAwait(false), [.. failures, .. failedDeals]);
    }

    /// <summary>Why the task cannot be claimed; null when it can.</summary>
    public static IExecException? Refuse(IExecTask task) => task switch
    {
        { IsClaimable: true } => null,
        { OnChainStatus: IExecTaskStatus.Completed } => NotAllowed($"Task {task.TaskId} is completed: there is a result and nothing to claim."),
        { OnChainStatus: IExecTaskStatus.Failed } => NotAllowed($"Task {task.TaskId} was claimed before."),
        _ => TooEarly($"Task {task.TaskId}", task),
    };

    private static IExecException NothingToClaim(IReadOnlyList<IExecTask> tasks) => tasks.FirstOrDefault(task => task.OnChainStatus < IExecTaskStatus.Completed) is { } open
        ? TooEarly($"Deal {open.DealId}", open)
        : NotAllowed($"Deal {tasks[0].DealId} has nothing to claim: of its tasks, {tasks.Count(task => task.OnChainStatus == IExecTaskStatus.Completed)} are completed and {tasks.Count(task => task.OnChainStatus == IExecTaskStatus.Failed)} were claimed before.");

    private static IExecException NotAllowed(string message) => new(IExecErrorId.ClaimNotAllowed, message);

    private static IExecException TooEarly(string what, IExecTask task) => new(
        IExecErrorId.ClaimTooEarly, $"{what} can be claimed from {task.FinalDeadline:u} on; the chain's clock is at {task.BlockTimestamp:u}.");

    private async Task<IReadOnlyList<ClaimableTask>> WithDealsAsync(IReadOnlyList<(TaskTarget Target, IExecTask Task)> tasks, CancellationToken cancellationToken)
    {
        var deals = tasks.Where(task => task.Target.Origin is not null)
            .Select(task => task.Target.Origin!.Deal)
            .GroupBy(deal => deal.Id)
            .ToDictionary(group => group.Key, group => group.First());
        var missing = tasks.Select(task => Bytes32.Parse(task.Task.DealId)).Where(id => !deals.ContainsKey(id)).Distinct().ToList();
        foreach (var deal in await session.Hub.ReadDealsAsync(missing, cancellationToken).ConfigureAwait(false))
        {
            if (deal is not null)
                deals.Add(deal.Id, deal);
        }

        return [.. tasks.Select(task => new ClaimableTask(task.Target, task.Task, Find(deals, task.Task)))];
    }

    private static Deal Find(Dictionary<Bytes32, Deal> deals, IExecTask task) => deals.TryGetValue(Bytes32.Parse(task.DealId), out var deal)
        ? deal
        : throw new IExecException(IExecErrorId.DealNotFound, $"The hub has no deal {task.DealId}, which task {task.TaskId} names.");
}
