using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Binding;
using IExec.Tasks.Connections;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Cmdlets;

/// <summary>
/// A cmdlet whose tasks are selected by id, by deal and index, or as objects of <c>Get-IExecTask</c>. Pipeline input is collected, so that
/// its deals are read together. An input that selects no task is reported in its place, and the others go on.
/// </summary>
public abstract class TaskSelectionCmdlet : ConnectedCmdlet
{
    /// <summary>The parameter set in which tasks are named by their ids.</summary>
    protected const string ById = nameof(ById);

    /// <summary>The parameter set in which tasks are named by deal and index.</summary>
    protected const string ByDeal = nameof(ByDeal);

    /// <summary>The parameter set of tasks that were read before.</summary>
    protected const string ByObject = nameof(ByObject);

    private readonly List<TaskSelector> _selected = [];

    /// <summary>The ids of tasks.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ById)]
    [Alias("Id")]
    [PlainText]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [AllowEmptyString]
    public virtual string[] TaskId { get; set; } = [];

    /// <summary>The ids of deals, for all their tasks, including those that are not initialised yet.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByDeal)]
    [ArgumentCompleter(typeof(DealIdCompleter))]
    [AllowEmptyString]
    public virtual string[] DealId { get; set; } = [];

    /// <summary>The indexes of the tasks of each deal. Without it, all.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ByDeal)]
    public long[]? Index { get; set; }

    /// <summary>
    /// Tasks that were read before, and any objects with a TaskId and a DealId, such as rows of a CSV file; with the deal, those that are not
    /// initialised are found too.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ByObject)]
    [TaskRow]
    public IExecTask[] InputObject { get; set; } = [];

    /// <summary>How many inputs are collected and not looked up yet.</summary>
    private protected int SelectedCount => _selected.Count;

    private protected IExecSession Session { get; private set; } = null!;

    private protected TaskReader Reader { get; private set; } = null!;

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        Session = await OpenSessionAsync(cancellationToken);
        Reader = new TaskReader(Session);
    }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken)
    {
        _selected.AddRange(ParameterSetName switch
        {
            ByDeal => DealId.Select(dealId => new TaskSelector(dealId) { DealId = dealId, Indexes = Index }),
            ByObject => InputObject.Select(task => TaskSelector.Of(task, TaskRowAttribute.InputOf(task))),
            _ => TaskId.Select(taskId => new TaskSelector(taskId) { TaskId = taskId, DealId = DealId is [var dealId] ? dealId : null }),
        });
        return Task.CompletedTask;
    }

    /// <summary>Looks up the collected input, and passes the tasks on in the order of the input.</summary>
    private protected async Task FindAsync(CancellationToken cancellationToken)
    {
        TaskSelector[] selected = [.. _selected];
        _selected.Clear();
        IEnumerable<Found<TaskTarget>> tasks;
        try
        {
            tasks = await ReadAsync(() => Reader.FindAsync(selected, cancellationToken), cancellationToken);
        }
        catch (IExecException exception)
        {
            await RejectAsync(exception, [.. selected.Select(selector => selector.Input)], cancellationToken);
            return;
        }

        foreach (var task in tasks)
        {
            if (task.Value is { } target)
                await AddAsync(target, cancellationToken);
            else
                await RejectAsync(task.Failure!, [task.Input], cancellationToken);
        }
    }

    /// <summary>Receives a selected task.</summary>
    private protected abstract Task AddAsync(TaskTarget target, CancellationToken cancellationToken);

    /// <summary>Reports inputs for which no task was found.</summary>
    private protected virtual Task RejectAsync(IExecException failure, IReadOnlyList<object> inputs, CancellationToken cancellationToken)
    {
        WriteFailure(failure, inputs is [var single] ? single : inputs);
        return Task.CompletedTask;
    }

    /// <summary>Runs a read that finds tasks.</summary>
    private protected virtual Task<T> ReadAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken) => read();
}
