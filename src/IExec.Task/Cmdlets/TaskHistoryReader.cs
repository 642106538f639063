using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Events;
using IExec.Tasks.Formatting;
using IExec.Tasks.Reports;
using IExec.Tasks.Tasks;
using IExec.Tasks.Workerpools;

namespace IExec.Tasks.Cmdlets;

/// <summary>
/// Reads the histories of tasks: from the chain for many at once, from the workerpool's scheduler for each. It warns of missing scheduler histories and of clocks that
/// differ. One instance serves one command.
/// </summary>
/// <param name="session">The command's session.</param>
/// <param name="progress">The command's progress.</param>
internal sealed class TaskHistoryReader(IExecSession session, ProgressReporter progress)
{
    private readonly ChainEventReader _chain = new(session, new Progress<string>(what => progress.Report($"Reading {what}")));
    private readonly OffchainInfoFinder _schedulers = new(session);

    /// <summary>The workerpools whose clock was warned of.</summary>
    private readonly HashSet<Address> _clocks = [];
    private ChainHistory _history = null!;

    /// <summary>Reads the chain's events of the tasks that <c>ReadAsync</c> is called for next.</summary>
    public async Task ReadChainAsync(IReadOnlyList<TaskWithDeal> tasks, CancellationToken cancellationToken) =>
        _history = await _chain.ReadAsync(tasks, cancellationToken);

    /// <summary>Reads the scheduler's history of a task, and merges it with the chain's.</summary>
    public async Task<TaskHistory> AskAsync(TaskWithDeal task, CancellationToken cancellationToken)
    {
        var chain = _history.Events[task.TaskId];
        var info = await _schedulers.FindAsync(task, cancellationToken);
        var histories = info is null ? [] : TaskTimeline.Histories(info, task.Deal.Id.ToString());
        if (TaskTimeline.Difference(chain, histories) is { } difference && _clocks.Add(task.Deal.Workerpool.Address))
            await session.Diagnostics.WarnAsync(Describe(info!, difference));
        var history = new TaskHistory(_history.StateOf(task), TaskTimeline.Merge(chain, histories), info);
        EventPlaces.Set(new ReportedTask(history.State, history.Events, info is not null));
        return history;
    }

    /// <summary>Warns of missing scheduler histories.</summary>
    public Task WarnAsync() => _schedulers.WarnAsync();

    private static string Describe(IExecTaskOffchainInfo info, TimeSpan difference)
    {
        var much = ConsoleText.Duration(difference.Duration());
        var what = difference < TimeSpan.Zero ? $"at least {much} behind the chain's" : $"up to {much} ahead of the chain's, or it records events that late";
        return $"The clock of workerpool {info.Workerpool} is {what}. The order is right among the events of the chain and among those of each history of the scheduler, but not between them.";
    }
}
