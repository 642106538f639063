using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Events;
using IExec.Tasks.Formatting;
using IExec.Tasks.Tasks;
using IExec.Tasks.Workerpools;

namespace IExec.Tasks.Cmdlets;

/// <summary>A cmdlet that goes by all that happened to tasks. What the workerpools do not tell is warned of at the end.</summary>
public abstract class TaskHistoryCmdlet : WorkerpoolCmdlet
{
    /// <summary>The workerpools whose clock was told of.</summary>
    private readonly HashSet<Address> _clocks = [];
    private ChainEventReader _chain = null!;
    private OffchainInfoFinder _schedulers = null!;
    private ChainHistory _history = null!;

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        await base.BeginAsync(cancellationToken);
        _chain = new ChainEventReader(Session, new Progress<string>(what => Progress.Report($"Reading {what}")));
        _schedulers = new OffchainInfoFinder(Session);
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        await base.EndAsync(cancellationToken);
        await _schedulers.WarnAsync();
    }

    /// <summary>Makes the objects to emit of a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="state">The task as the chain has it.</param>
    /// <param name="events">What happened to it, in order.</param>
    /// <param name="info">What the scheduler says; null when it says nothing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private protected abstract Task<IReadOnlyList<object>> TellAsync(
        DealtTask task, IExecTask state, IReadOnlyList<IExecTaskEvent> events, IExecTaskOffchainInfo? info, CancellationToken cancellationToken);

    private protected sealed override async Task PrepareAsync(IReadOnlyList<DealtTask> tasks, CancellationToken cancellationToken) =>
        _history = await _chain.ReadAsync(tasks, cancellationToken);

    private protected sealed override async Task<IReadOnlyList<object>> AskAsync(DealtTask task, CancellationToken cancellationToken)
    {
        var chain = _history.Events[task.TaskId];
        var info = await _schedulers.FindAsync(task, cancellationToken);
        var histories = info is null ? [] : TaskTimeline.Histories(info, task.Deal.Id.ToString());
        if (TaskTimeline.Difference(chain, histories) is { } difference && _clocks.Add(task.Deal.Workerpool.Address))
            WriteWarning(Describe(info!, difference));
        return await TellAsync(task, _history.StateOf(task), TaskTimeline.Merge(chain, histories), info, cancellationToken);
    }

    private static string Describe(IExecTaskOffchainInfo info, TimeSpan difference)
    {
        var much = ConsoleText.Duration(difference.Duration());
        var what = difference < TimeSpan.Zero ? $"at least {much} behind the chain's" : $"up to {much} ahead of the chain's, or it notices so late what happens there";
        return $"The clock of workerpool {info.Workerpool} is {what}. The order is right among the events of the chain and among those of each history of the scheduler, but not between them.";
    }
}
