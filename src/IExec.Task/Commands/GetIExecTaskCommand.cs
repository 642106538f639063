using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Cmdlets;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Commands;

/// <summary>Reads tasks from the chain.</summary>
[Cmdlet(VerbsCommon.Get, "IExecTask", DefaultParameterSetName = ById, HelpUri = IExecCmdlet.HelpUri)]
[OutputType(typeof(IExecTask))]
public sealed class GetIExecTaskCommand : TaskBatchCmdlet
{
    private long _emitted;

    /// <summary>Makes the cmdlet.</summary>
    public GetIExecTaskCommand()
        : base("Reading tasks")
    {
    }

    private protected override async Task ProcessBatchAsync(IReadOnlyList<TaskTarget> batch, CancellationToken cancellationToken)
    {
        Progress.Report($"{_emitted} read");
        var tasks = await Reader.ReadAsync(batch, cancellationToken);
        foreach (var (input, task, failure) in tasks)
        {
            if (task is not null)
                Emit(task);
            else
                WriteFailure(failure!, input);
        }

        _emitted += tasks.Length;
    }
}
