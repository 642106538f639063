using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Cmdlets;
using IExec.Tasks.Tasks;
using IExec.Tasks.Workerpools;

namespace IExec.Tasks.Commands;

/// <summary>
/// Gets what the workerpool's scheduler knows about a task: the statuses of the task and of each worker, how long each took, why workers failed, and
/// what to do about it. Needs no key.
/// </summary>
[Cmdlet(VerbsCommon.Get, "IExecTaskOffchainInfo", DefaultParameterSetName = ById, HelpUri = IExecCmdlet.HelpUri)]
[OutputType(typeof(IExecTaskOffchainInfo))]
public sealed class GetIExecTaskOffchainInfoCommand : WorkerpoolCmdlet
{
    private WorkerpoolDirectory _directory = null!;

    /// <inheritdoc/>
    protected override async Task BeginAsync(CancellationToken cancellationToken)
    {
        await base.BeginAsync(cancellationToken);
        _directory = new WorkerpoolDirectory(Session);
    }

    private protected override async Task<IReadOnlyList<object>> AskAsync(TaskWithDeal task, CancellationToken cancellationToken)
    {
        var api = await _directory.FindAsync(task.Deal.Workerpool.Address, cancellationToken);
        return [await api.ReadTaskAsync(task.TaskId, cancellationToken)];
    }
}
