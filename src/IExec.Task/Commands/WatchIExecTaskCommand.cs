using System.Management.Automation;
using IExec.Tasks.Cmdlets;

namespace IExec.Tasks.Commands;

/// <summary>
/// Follows tasks and emits their state at once, every change of their status, and their end: COMPLETED, FAILED, or TIMEOUT on the
/// chain's clock. Ends when all are final.
/// </summary>
[Cmdlet(VerbsCommon.Watch, "IExecTask", DefaultParameterSetName = ById, HelpUri = IExecCmdlet.HelpUri)]
[OutputType(typeof(IExecTaskUpdate))]
public sealed class WatchIExecTaskCommand : TaskWatchingCmdlet
{
    /// <summary>Also emits every contribution, consensus, reveal and reopening, with worker and hash where the event has them.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    private protected override bool WantsDetails => Detailed;

    private protected override void Write(IExecTaskUpdate update) => Emit(update);
}
