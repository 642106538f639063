using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Binding;
using IExec.Tasks.Services;

namespace IExec.Tasks.Cmdlets;

/// <summary>A cmdlet that collects tasks from the pipeline and follows them together until all are final.</summary>
public abstract class TaskWatchingCmdlet : TaskSelectionCmdlet
{
    /// <summary>The parameter set in which tasks, initialised or not, are named by their ids and their deal's.</summary>
    private const string ByIdInDeal = nameof(ByIdInDeal);

    /// <summary>25 days, more than which timers do not take.</summary>
    private const double LongestTimeoutSec = 2_147_483;

    private readonly List<TaskTarget> _targets = [];

    /// <summary>The ids of tasks.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ById)]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByIdInDeal)]
    [Alias("Id")]
    [PlainText]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [AllowEmptyString]
    public override string[] TaskId { get; set; } = [];

    /// <summary>
    /// The ids of deals whose tasks are meant, those that are not initialised included. With -TaskId, the one deal that the tasks
    /// belong to, which makes it possible to name tasks that are not initialised yet.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByDeal)]
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByIdInDeal)]
    [ArgumentCompleter(typeof(DealIdCompleter))]
    [AllowEmptyString]
    public override string[] DealId { get; set; } = [];

    /// <summary>The seconds between two looks at the chain. A node with a WebSocket (Connect-IExec -RpcUrl wss://…) tells what happens in between.</summary>
    [Parameter]
    [ValidateRange(0.2, 86_400)]
    public double PollingIntervalSec { get; set; } = 5;

    /// <summary>The seconds after which tasks that are still open become errors (OperationTimedOut); without it, there is no limit.</summary>
    [Parameter]
    [ValidateRange(0, LongestTimeoutSec)]
    public double? TimeoutSec { get; set; }

    /// <summary>Whether updates that leave a task's status as it is are wanted.</summary>
    private protected abstract bool WantsDetails { get; }

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        var watcher = new TaskWatcher(Session, _targets, new WatchOptions
        {
            PollingInterval = TimeSpan.FromSeconds(PollingIntervalSec),
            Timeout = TimeoutSec is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            IsDetailed = WantsDetails,
        });
        using var progress = new ProgressReporter(this, "Watching tasks", grace: TimeSpan.Zero); // what is open will take long
        await foreach (var step in watcher.WatchAsync(cancellationToken))
        {
            foreach (var warning in step.Warnings)
                WriteWarning(warning);
            foreach (var update in step.Updates)
                Write(update);
            foreach (var (target, failure) in step.Failures)
                WriteFailure(failure, target.Input);
            if (step.Open > 0)
                Report(progress, step, watcher.Count);
        }
    }

    /// <summary>Emits what is to be emitted of an update.</summary>
    private protected abstract void Write(IExecTaskUpdate update);

    private protected sealed override Task AddAsync(TaskTarget target, CancellationToken cancellationToken)
    {
        _targets.Add(target);
        return Task.CompletedTask;
    }

    private protected sealed override Task<TaskTarget> FindAsync(string taskId, CancellationToken cancellationToken) => DealId switch
    {
        [] => base.FindAsync(taskId, cancellationToken),
        [var dealId] => Reader.ByIdInDealAsync(taskId, dealId, cancellationToken),
        _ => throw new IExecException(IExecErrorId.InvalidDealId, "A task belongs to one deal only, but -DealId names several."),
    };

    private static void Report(ProgressReporter progress, WatchStep step, int count)
    {
        var final = count - step.Open;
        var remaining = step.NextDeadline - step.Clock;
        var status = remaining is { } time ? $"{final} of {count} final, next deadline in {Describe(time)} on the chain's clock" : $"{final} of {count} final";
        progress.Report(status, count == 0 ? null : (double)final / count);
    }

    private static string Describe(TimeSpan time) => time.TotalDays >= 2 ? $"{time.TotalDays:0} days" : time.ToString("hh\\:mm\\:ss", System.Globalization.CultureInfo.InvariantCulture);
}
