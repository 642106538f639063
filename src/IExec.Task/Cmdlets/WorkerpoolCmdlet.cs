using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Cmdlets;

/// <summary>
/// A cmdlet that asks workerpools about tasks, a few at a time. Tasks are read from the chain in batches, each deal is read once, and the
/// API of each workerpool is looked up once.
/// </summary>
public abstract class WorkerpoolCmdlet : TaskBatchCmdlet
{
    private DealLookup _deals = null!;
    private int _answered;

    private protected WorkerpoolCmdlet()
        : base("Asking workerpools")
    {
    }

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        await base.BeginAsync(cancellationToken);
        _deals = new DealLookup(Session);
    }

    /// <summary>Throws when no task can be asked about at all.</summary>
    private protected virtual void Check()
    {
    }

    /// <summary>Reads together what all tasks of a batch need.</summary>
    private protected virtual Task PrepareAsync(IReadOnlyList<TaskWithDeal> tasks, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Asks about one task. May be called again before it has ended.</summary>
    /// <returns>The objects to emit.</returns>
    private protected abstract Task<IReadOnlyList<object>> AskAsync(TaskWithDeal task, CancellationToken cancellationToken);

    private protected sealed override async Task ProcessBatchAsync(IReadOnlyList<TaskTarget> batch, CancellationToken cancellationToken)
    {
        Check();
        var tasks = await _deals.FindAsync(batch, cancellationToken);
        await PrepareAsync([.. tasks.OfType<TaskWithDeal>()], cancellationToken);
        var asked = batch.Zip(tasks, (target, task) => (Target: target, Task: task));
        await foreach (var (item, answer) in FewAtATime.AskAsync(asked, (item, token) => AskAsync(item.Target, item.Task, token), cancellationToken))
            await EmitAsync(item.Target, answer);
    }

    private async Task<IReadOnlyList<object>> AskAsync(TaskTarget target, TaskWithDeal? task, CancellationToken cancellationToken) => task is not null
        ? await AskAsync(task, cancellationToken)
        : throw (target.Input is IExecTask known
            ? new IExecException(IExecErrorId.DealNotFound, $"There is no deal {known.DealId} on chain {Session.Connection.ChainId}.")
            : Reader.NotFound(target));

    private async Task EmitAsync(TaskTarget target, Task<IReadOnlyList<object>> answer)
    {
        try
        {
            Progress.Report($"{_answered++} answered");
            foreach (var item in await answer)
                Emit(item);
        }
        catch (IExecException exception)
        {
            WriteFailure(exception, target.Input);
        }
    }
}
