using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Cmdlets;
using IExec.Tasks.Services;

namespace IExec.Tasks.Commands;

/// <summary>Reads tasks from the chain.</summary>
[Cmdlet(VerbsCommon.Get, "IExecTask", DefaultParameterSetName = ById)]
[OutputType(typeof(IExecTask))]
public sealed class GetIExecTaskCommand : ConnectedCmdlet
{
    private const string ById = nameof(ById);
    private const string ByDeal = nameof(ByDeal);
    private const string ByObject = nameof(ByObject);
    private readonly List<TaskTarget> _batch = [];
    private IExecSession _session = null!;
    private TaskReader _reader = null!;
    private ProgressReporter _progress = null!;
    private long _emitted;

    /// <summary>The ids of tasks.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ById)]
    [Alias("Id")]
    [AllowEmptyString]
    public string[] TaskId { get; set; } = [];

    /// <summary>The ids of deals, whose tasks are read; those that are not initialised come with the status UNSET.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByDeal)]
    [AllowEmptyString]
    public string[] DealId { get; set; } = [];

    /// <summary>The indexes of the tasks of each deal; all without it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ByDeal)]
    public long[]? Index { get; set; }

    /// <summary>Tasks that were read before, to be read again.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ByObject)]
    public IExecTask[] InputObject { get; set; } = [];

    /// <summary>How many tasks are read at once; 1 gives each as soon as its id comes down the pipeline.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int BatchSize { get; set; } = 1000;

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        _session = await OpenSessionAsync(cancellationToken);
        _reader = new TaskReader(_session);
        _progress = new ProgressReporter(this, "Reading tasks");
    }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ParameterSetName switch
    {
        ByDeal => AddDealsAsync(cancellationToken),
        ByObject => AddEachAsync(InputObject, task => _reader.ByObjectAsync(task, cancellationToken), cancellationToken),
        _ => AddEachAsync(TaskId, taskId => Task.FromResult(TaskReader.ById(taskId)), cancellationToken),
    };

    /// <inheritdoc/>
    protected override Task EndAsync(CancellationToken cancellationToken) => FlushAsync(cancellationToken);

    private async Task AddDealsAsync(CancellationToken cancellationToken)
    {
        foreach (var dealId in DealId)
        {
            DealTasks tasks;
            try
            {
                tasks = await _reader.ByDealAsync(dealId, cancellationToken);
            }
            catch (IExecException exception)
            {
                await FlushAsync(cancellationToken);
                WriteFailure(exception, dealId);
                continue;
            }

            if (Index is null)
                await AddEachAsync(tasks.All(), Task.FromResult, cancellationToken);
            else
                await AddEachAsync(Index, index => Task.FromResult(tasks.At(index)), cancellationToken);
        }
    }

    /// <summary>Adds what the inputs name to the batch; an input that names nothing is reported in its place.</summary>
    private async Task AddEachAsync<T>(IEnumerable<T> inputs, Func<T, Task<TaskTarget>> find, CancellationToken cancellationToken)
    {
        foreach (var input in inputs)
        {
            try
            {
                _batch.Add(await find(input));
            }
            catch (IExecException exception)
            {
                await FlushAsync(cancellationToken);
                WriteFailure(exception, input);
            }

            if (_batch.Count >= BatchSize)
                await FlushAsync(cancellationToken);
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_batch.Count == 0)
            return;
        _progress.Report($"{_emitted} read");
        IExecTask?[] tasks;
        try
        {
            tasks = await _reader.ReadAsync(_batch, cancellationToken);
        }
        catch (IExecException exception)
        {
            WriteFailure(exception, _batch.Count == 1 ? _batch[0].Input : _batch.ConvertAll(target => target.Input).ToArray());
            _batch.Clear();
            return;
        }

        for (var i = 0; i < tasks.Length; i++)
        {
            if (tasks[i] is { } task)
                WriteObject(task);
            else
                WriteFailure(_reader.NotFound(_batch[i]), _batch[i].Input);
        }

        _emitted += tasks.Length;
        _batch.Clear();
    }
}
