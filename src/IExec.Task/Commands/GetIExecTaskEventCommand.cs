using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Cmdlets;
using IExec.Tasks.Tasks;

namespace IExec.Tasks.Commands;

/// <summary>
/// Lists everything that happened to a task, in order: the chain's events, from the deal to the end of the task with the amounts that it moved, and the scheduler's
/// statuses of the task and of each worker. Needs no key.
/// </summary>
[Cmdlet(VerbsCommon.Get, "IExecTaskEvent", DefaultParameterSetName = ById, HelpUri = IExecCmdlet.HelpUri)]
[OutputType(typeof(IExecTaskEvent))]
public sealed class GetIExecTaskEventCommand : TaskHistoryCmdlet
{
    private protected override Task<IReadOnlyList<object>> TellAsync(
        TaskWithDeal task, IExecTask state, IReadOnlyList<IExecTaskEvent> events, IExecTaskOffchainInfo? info, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<object>>(events);
}
