using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Cmdlets;

/// <summary>A cmdlet that works on the histories of tasks. At the end it warns of schedulers whose history is missing.</summary>
public abstract class TaskHistoryCmdlet : WorkerpoolCmdlet
{
    private TaskHistoryReader _histories = null!;

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        await base.BeginAsync(cancellationToken);
        _histories = new TaskHistoryReader(Session, Progress);
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        await base.EndAsync(cancellationToken);
        await _histories.WarnAsync();
    }

    /// <summary>Creates the objects to emit for a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="state">The task as the chain has it.</param>
    /// <param name="events">What happened to it, in order.</param>
    /// <param name="info">The scheduler's view; null when it is not known.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    private protected abstract Task<IReadOnlyList<object>> TellAsync(
        TaskWithDeal task, IExecTask state, IReadOnlyList<IExecTaskEvent> events, IExecTaskOffchainInfo? info, CancellationToken cancellationToken);

    private protected sealed override Task PrepareAsync(IReadOnlyList<TaskWithDeal> tasks, CancellationToken cancellationToken) =>
        _histories.ReadChainAsync(tasks, cancellationToken);

    private protected sealed override async Task<IReadOnlyList<object>> AskAsync(TaskWithDeal task, CancellationToken cancellationToken)
    {
        var history = await _histories.AskAsync(task, cancellationToken);
        return await TellAsync(task, history.State, history.Events, history.Info, cancellationToken);
    }
}
