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
public sealed class GetIExecTaskCommand : TaskSelectionCmdlet
{
    private readonly List<TaskTarget> _batch = [];
    private ProgressReporter _progress = null!;
    private long _emitted;

    /// <summary>How many tasks are read at once; 1 gives each as soon as its id comes down the pipeline.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int BatchSize { get; set; } = 1000;

    /// <inheritdoc/>
    protected override Task BeginAsync(CancellationToken cancellationToken)
    {
        _progress = new ProgressReporter(this, "Reading tasks");
        return base.BeginAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task EndAsync(CancellationToken cancellationToken) => FlushAsync(cancellationToken);

    private protected override async Task AddAsync(TaskTarget target, CancellationToken cancellationToken)
    {
        _batch.Add(target);
        if (_batch.Count >= BatchSize)
            await FlushAsync(cancellationToken);
    }

    private protected override async Task RejectAsync(IExecException failure, object? input, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        await base.RejectAsync(failure, input, cancellationToken);
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_batch.Count == 0)
            return;
        _progress.Report($"{_emitted} read");
        IExecTask?[] tasks;
        try
        {
            tasks = await Reader.ReadAsync(_batch, cancellationToken);
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
                WriteFailure(Reader.NotFound(_batch[i]), _batch[i].Input);
        }

        _emitted += tasks.Length;
        _batch.Clear();
    }
}
