using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Binding;
using IExec.Tasks.Cmdlets;
using IExec.Tasks.Tasks;
using IExec.Tasks.Workerpools;

namespace IExec.Tasks.Commands;

/// <summary>
/// Fetches the standard output and error of a task's app on each worker. Only the deal's requester may read them, so the connection
/// needs the requester's key; it signs the scheduler's log challenge and nothing else. With -Wait it follows the tasks until they are final.
/// </summary>
[Cmdlet(VerbsCommon.Get, "IExecTaskLog", DefaultParameterSetName = ById, HelpUri = IExecCmdlet.HelpUri)]
[OutputType(typeof(IExecTaskLog))]
public sealed class GetIExecTaskLogCommand : WorkerpoolCmdlet
{
    private readonly List<FollowedLogs> _followed = [];
    private TaskLogClient _logs = null!;
    private LogSelection _selection = null!;

    /// <summary>The addresses of the workers whose logs to fetch. Without it, all.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(WorkerCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Worker { get; set; }

    /// <summary>How many lines to emit from the end of each output; without it, all. With -Wait, it applies to the logs that exist at the start.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Tail { get; set; }

    /// <summary>Continues until the tasks are final, and emits what is new: logs of more workers, and text that was added.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>The seconds between two polls, with -Wait.</summary>
    [Parameter]
    [ValidateRange(0.2, 86_400)]
    public double PollingIntervalSec { get; set; } = 5;

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        _selection = new LogSelection(Worker is null ? null : new HashSet<string>(Worker.Select(worker => RequireAddress(worker).ToString())), Tail);
        await base.BeginAsync(cancellationToken);
        _logs = new TaskLogClient(Session);
    }

    private protected override void Check() => Session.Connection.RequireSigner();

    /// <inheritdoc/>
    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        await base.EndAsync(cancellationToken);
        if (_followed.Count > 0)
            await FollowAsync(cancellationToken);
    }

    private protected override async Task<IReadOnlyList<object>> AskAsync(TaskWithDeal task, CancellationToken cancellationToken)
    {
        if (!Wait)
            return [.. _selection.Of(await _logs.ReadAsync(task, cancellationToken))];
        _logs.CheckRequester(task);
        _followed.Add(new FollowedLogs(task, _selection));
        return [];
    }

    /// <summary>Follows the tasks of each workerpool separately, so that one that does not answer delays no other.</summary>
    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var progress = new ProgressReporter(this, "Following logs", grace: TimeSpan.Zero); // the runs will take long
        List<FollowedLogs> tasks = [.. _followed.GroupBy(followed => followed.Task.TaskId).Select(same => same.First())];
        var open = tasks.Count;
        await Task.WhenAll(tasks.GroupBy(followed => followed.Task.Deal.Workerpool.Address).Select(pool => FollowAsync([.. pool])));

        async Task FollowAsync(IReadOnlyList<FollowedLogs> ofPool)
        {
            try
            {
                await foreach (var step in new LogFollower(Session, ofPool, TimeSpan.FromSeconds(PollingIntervalSec)).FollowAsync(ending.Token))
                {
                    if (!step.GoesOn)
                        open--;
                    Write(step);
                    if (open > 0)
                        progress.Report($"{tasks.Count - open} of {tasks.Count} final", 1 - ((double)open / tasks.Count));
                }
            }
            catch
            {
                ending.Cancel();
                throw;
            }
        }
    }

    private void Write(LogStep step)
    {
        if (step.Warning is not null)
            WriteWarning(step.Warning);
        foreach (var log in step.Logs)
            Emit(log);
        if (step is { GoesOn: false, Failure: not null })
            WriteFailure(step.Failure, step.Asked!.Task.Target.Input);
    }
}
