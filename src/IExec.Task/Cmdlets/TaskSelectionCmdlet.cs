using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Binding;
using IExec.Tasks.Connections;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Cmdlets;

/// <summary>
/// A cmdlet whose tasks are named by their ids, by deal and index, or by objects of <c>Get-IExecTask</c>. An input that names no
/// task is reported in its place, and the others go on.
/// </summary>
public abstract class TaskSelectionCmdlet : ConnectedCmdlet
{
    /// <summary>The parameter set in which tasks are named by their ids.</summary>
    protected const string ById = nameof(ById);

    /// <summary>The parameter set in which tasks are named by deal and index.</summary>
    protected const string ByDeal = nameof(ByDeal);

    /// <summary>The parameter set of tasks that were read before.</summary>
    protected const string ByObject = nameof(ByObject);

    /// <summary>The ids of tasks.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ById)]
    [Alias("Id")]
    [PlainText]
    [ArgumentCompleter(typeof(TaskIdCompleter))]
    [AllowEmptyString]
    public virtual string[] TaskId { get; set; } = [];

    /// <summary>The ids of deals whose tasks are meant, those that are not initialised included.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByDeal)]
    [ArgumentCompleter(typeof(DealIdCompleter))]
    [AllowEmptyString]
    public virtual string[] DealId { get; set; } = [];

    /// <summary>The indexes of the tasks of each deal; all without it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ByDeal)]
    public long[]? Index { get; set; }

    /// <summary>Tasks that were read before; those that were not initialised then are found by their deal and index.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ByObject)]
    public IExecTask[] InputObject { get; set; } = [];

    private protected IExecSession Session { get; private set; } = null!;

    private protected TaskReader Reader { get; private set; } = null!;

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        Session = await OpenSessionAsync(cancellationToken);
        Reader = new TaskReader(Session);
    }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ParameterSetName switch
    {
        ByDeal => AddDealsAsync(cancellationToken),
        ByObject => AddEachAsync(InputObject, task => ReadAsync(() => Reader.ByObjectAsync(task, cancellationToken), cancellationToken), cancellationToken),
        _ => AddEachAsync(TaskId, taskId => FindAsync(taskId, cancellationToken), cancellationToken),
    };

    /// <summary>Takes a task that was named.</summary>
    private protected abstract Task AddAsync(TaskTarget target, CancellationToken cancellationToken);

    /// <summary>Reports an input that names no task.</summary>
    private protected virtual Task RejectAsync(IExecException failure, object? input, CancellationToken cancellationToken)
    {
        WriteFailure(failure, input);
        return Task.CompletedTask;
    }

    /// <summary>The task with this id.</summary>
    private protected virtual Task<TaskTarget> FindAsync(string taskId, CancellationToken cancellationToken) => Task.FromResult(TaskReader.ById(taskId));

    /// <summary>Makes a read that finds tasks.</summary>
    private protected virtual Task<T> ReadAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken) => read();

    private async Task AddDealsAsync(CancellationToken cancellationToken)
    {
        foreach (var dealId in DealId)
        {
            DealTasks tasks;
            try
            {
                tasks = await ReadAsync(() => Reader.ByDealAsync(dealId, cancellationToken), cancellationToken);
                Remember(tasks);
            }
            catch (IExecException exception)
            {
                await RejectAsync(exception, dealId, cancellationToken);
                continue;
            }

            if (Index is null)
                await AddEachAsync(tasks.All(), Task.FromResult, cancellationToken);
            else
                await AddEachAsync(Index, index => Task.FromResult(tasks.At(index)), cancellationToken);
        }
    }

    private async Task AddEachAsync<T>(IEnumerable<T> inputs, Func<T, Task<TaskTarget>> find, CancellationToken cancellationToken)
    {
        foreach (var input in inputs)
        {
            TaskTarget target;
            try
            {
                target = await find(input);
            }
            catch (IExecException exception)
            {
                await RejectAsync(exception, input, cancellationToken);
                continue;
            }

            await AddAsync(target, cancellationToken);
        }
    }
}
