using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Binding;
using IExec.Tasks.Connections;
using IExec.Tasks.Tasks;
using IExec.Tasks.Watching;

namespace IExec.Tasks.Cmdlets;

/// <summary>A cmdlet that collects tasks from the pipeline and follows them together until all are final.</summary>
public abstract class TaskWatchingCmdlet : TaskSelectionCmdlet
{
    /// <summary>The parameter set in which tasks, initialised or not, are named by their ids and their deal's.</summary>
    private const string ByIdInDeal = nameof(ByIdInDeal);

    /// <summary>25 days, the most that a timer accepts.</summary>
    private const double LongestTimeoutSec = 2_147_483;

    private readonly List<TaskTarget> _targets = [];

    /// <summary>Inputs that could not be read before the timeout.</summary>
    private readonly List<object> _unread = [];
    private readonly OutageTracker _outage = new("The chain cannot be read");

    /// <summary>The time spent on finding tasks, which counts towards -TimeoutSec.</summary>
    private readonly Stopwatch _finding = new();

    /// <summary>The ids of tasks.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ById)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByIdInDeal)]
    [Alias("Id")]
    [PlainText]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [AllowEmptyString]
    public override string[] TaskId { get; set; } = [];

    /// <summary>
    /// The ids of deals, for all their tasks, including those that are not initialised yet. With -TaskId, the one deal that the tasks
    /// belong to, which makes it possible to name tasks that are not initialised yet.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByDeal)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByIdInDeal)]
    [ArgumentCompleter(typeof(DealIdCompleter))]
    [AllowEmptyString]
    public override string[] DealId { get; set; } = [];

    /// <summary>The seconds between two polls of the chain. A node with a WebSocket (Connect-IExec -RpcUrl wss://…) reports events in between.</summary>
    [Parameter]
    [ValidateRange(0.2, 86_400)]
    public double PollingIntervalSec { get; set; } = 5;

    /// <summary>The seconds after which the watch ends even if tasks are open, with one error (OperationTimedOut) that names them. Without it, there is no limit.</summary>
    [Parameter]
    [ValidateRange(0, LongestTimeoutSec)]
    public double? TimeoutSec { get; set; }

    /// <summary>Whether to emit updates that do not change a task's status.</summary>
    private protected abstract bool WantsDetails { get; }

    private TimeSpan? Timeout => TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ParameterSetName == ByIdInDeal && DealId.Length > 1
        ? RejectAsync(new IExecException(IExecErrorId.InvalidDealId, "A task belongs to one deal only, but -DealId names several."), TaskId, cancellationToken)
        : base.ProcessAsync(cancellationToken);

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        await FindAsync(cancellationToken);
        var watcher = new TaskWatcher(Session, _targets, new WatchOptions
        {
            PollingInterval = TimeSpan.FromSeconds(PollingIntervalSec),
            Timeout = Timeout,
            Spent = _finding.Elapsed,
            Unread = _unread,
            IsDetailed = WantsDetails,
        });
        using var progress = new ProgressReporter(this, "Watching tasks", grace: TimeSpan.Zero); // open tasks take long
        await foreach (var step in watcher.WatchAsync(cancellationToken))
        {
            foreach (var warning in step.Warnings)
                WriteWarning(warning);
            foreach (var update in step.Updates)
                Write(update);
            foreach (var (input, failure) in step.Failures)
                WriteFailure(failure, input);
            if (step.Open > 0)
                Report(progress, step, watcher.Count);
        }
    }

    /// <summary>Creates the object to emit for an update.</summary>
    private protected abstract void Write(IExecTaskUpdate update);

    private protected sealed override Task AddAsync(TaskTarget target, CancellationToken cancellationToken)
    {
        _targets.Add(target);
        return Task.CompletedTask;
    }

    private protected sealed override Task RejectAsync(IExecException failure, IReadOnlyList<object> inputs, CancellationToken cancellationToken)
    {
        if (failure.ErrorId != IExecErrorId.OperationTimedOut)
            return base.RejectAsync(failure, inputs, cancellationToken);

        _unread.AddRange(inputs);
        return Task.CompletedTask;
    }

    /// <summary>Temporary failures are waited out, as later in the watch.</summary>
    private protected sealed override async Task<T> ReadAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        _finding.Start();
        try
        {
            while (true)
            {
                try
                {
                    return await read();
                }
                catch (IExecException exception) when (exception.ErrorId is IExecErrorId.RpcUnavailable or IExecErrorId.RateLimited)
                {
                    if (_outage.Failed(exception) is { } warning)
                        WriteWarning(warning);
                    var left = Timeout - _finding.Elapsed;
                    if (left <= TimeSpan.Zero)
                        throw new IExecException(IExecErrorId.OperationTimedOut, "The deals of the tasks to watch could not be read in time.", innerException: exception);
                    await Task.Delay(left < _outage.Pause ? left.Value : _outage.Pause, cancellationToken);
                }
            }
        }
        finally
        {
            _outage.Passed();
            _finding.Stop();
        }
    }

    private static void Report(ProgressReporter progress, WatchStep step, int count)
    {
        var final = count - step.Open;
        var remaining = step.NextDeadline - step.Clock;
        var status = remaining is { } time ? $"{final} of {count} final, next deadline in {Describe(time)} on the chain's clock" : $"{final} of {count} final";
        progress.Report(status, count == 0 ? null : (double)final / count);
    }

    private static string Describe(TimeSpan time) => time.TotalDays >= 2 ? $"{time.TotalDays:0} days" : time.ToString("hh\\:mm\\:ss", System.Globalization.CultureInfo.InvariantCulture);
}
