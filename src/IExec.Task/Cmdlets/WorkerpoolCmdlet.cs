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
        await PrepareAsync([.. tasks.Select(task => task.Value).OfType<TaskWithDeal>()], cancellationToken);
        await foreach (var (task, answer) in FewAtATime.AskAsync(tasks, async (task, token) => await AskAsync(task.Require(), token), cancellationToken))
            await EmitAsync(task.Input, answer);
    }

    private async Task EmitAsync(object input, Task<IReadOnlyList<object>> answer)
    {
        try
        {
            Progress.Report($"{_answered++} answered");
            foreach (var item in await answer)
                Emit(item);
        }
        catch (IExecException exception)
        {
            WriteFailure(exception, input);
        }
    }
}
