using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Claims;

/// <summary>
/// Dry runs of claims. One task that cannot be claimed makes the call for all of them revert, so a failed call is halved until the
/// failing tasks are isolated. Halving also solves a call that needs more gas than the node allows.
/// </summary>
internal sealed class ClaimDryRun(ClaimCalls calls, ClaimDiagnosis diagnosis)
{
    /// <summary>A hundred claims of tasks that are not initialised yet use about half of the gas that many nodes allow per call.</summary>
    private const int TasksPerCall = 100;

    /// <summary>Runs the claims.</summary>
    /// <returns>The tasks whose claim would succeed, in their order, and the errors of the others.</returns>
    public async Task<(IReadOnlyList<ClaimableTask> Claimable, IReadOnlyList<ClaimOutcome> Failures)> RunAsync(
        IReadOnlyList<ClaimableTask> tasks, CancellationToken cancellationToken)
    {
        var failing = new List<(ClaimableTask Task, RpcException Reason)>();
        foreach (var group in tasks.GroupBy(task => task.IsInitialized))
        {
            var members = group.ToList();
            for (var start = 0; start < members.Count; start += TasksPerCall)
                await TryAsync(members.GetRange(start, Math.Min(TasksPerCall, members.Count - start)), failing, cancellationToken).ConfigureAwait(false);
        }

        var failures = new List<ClaimOutcome>();
        foreach (var (task, reason) in failing)
            failures.Add(await diagnosis.ExplainAsync(task, reason, cancellationToken).ConfigureAwait(false));
        return ([.. tasks.Except(failing.Select(failure => failure.Task))], failures);
    }

    private async Task TryAsync(List<ClaimableTask> tasks, List<(ClaimableTask Task, RpcException Reason)> failing, CancellationToken cancellationToken)
    {
        if (await calls.TryAsync(tasks, cancellationToken).ConfigureAwait(false) is not { } reason)
            return;
        if (tasks.Count == 1)
        {
            failing.Add((tasks[0], reason));
            return;
        }

        var half = tasks.Count / 2;
        await TryAsync(tasks.GetRange(0, half), failing, cancellationToken).ConfigureAwait(false);
        await TryAsync(tasks.GetRange(half, tasks.Count - half), failing, cancellationToken).ConfigureAwait(false);
    }
}
