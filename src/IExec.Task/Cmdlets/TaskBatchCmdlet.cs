using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Cmdlets;

/// <summary>A cmdlet that works on many tasks at once: it collects what comes down the pipeline, and keeps results and failures in the order of the input.</summary>
public abstract class TaskBatchCmdlet : TaskSelectionCmdlet
{
    /// <summary>How long a batch waits for more input from the pipeline.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(0.5);

    private readonly List<TaskTarget> _batch = [];
    private readonly Stopwatch _waiting = new();

    private protected TaskBatchCmdlet(string activity) => Progress = new ProgressReporter(this, activity);

    /// <summary>How many tasks are processed at once, at most. A batch that is not full is processed when it has waited half a second for input.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int BatchSize { get; set; } = 1000;

    /// <summary>The progress of the whole command.</summary>
    private protected ProgressReporter Progress { get; }

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        await base.BeginAsync(cancellationToken);
        _waiting.Start();
    }

    /// <inheritdoc/>
    protected sealed override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        _waiting.Stop();
        await base.ProcessAsync(cancellationToken);
        if (SelectedCount >= BatchSize || _waiting.Elapsed >= LongestWait)
        {
            await FindAsync(cancellationToken);
            await ProcessBatchAsync(cancellationToken);
            _waiting.Reset();
        }

        _waiting.Start();
    }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        await FindAsync(cancellationToken);
        await ProcessBatchAsync(cancellationToken);
        Progress.Dispose();
    }

    /// <summary>Processes a batch, which is not empty. An exception is reported for all its tasks.</summary>
    private protected abstract Task ProcessBatchAsync(IReadOnlyList<TaskTarget> batch, CancellationToken cancellationToken);

    private protected sealed override async Task AddAsync(TaskTarget target, CancellationToken cancellationToken)
    {
        _batch.Add(target);
        if (_batch.Count >= BatchSize)
            await ProcessBatchAsync(cancellationToken);
    }

    private protected sealed override async Task RejectAsync(IExecException failure, IReadOnlyList<object> inputs, CancellationToken cancellationToken)
    {
        await ProcessBatchAsync(cancellationToken);
        await base.RejectAsync(failure, inputs, cancellationToken);
    }

    private async Task ProcessBatchAsync(CancellationToken cancellationToken)
    {
        if (_batch.Count == 0)
            return;
        try
        {
            await ProcessBatchAsync(_batch, cancellationToken);
        }
        catch (IExecException exception)
        {
            await base.RejectAsync(exception, _batch.ConvertAll(target => target.Input), cancellationToken);
        }

        _batch.Clear();
    }
}
