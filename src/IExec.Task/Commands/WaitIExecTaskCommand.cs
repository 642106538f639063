using System.Management.Automation;
using IExec.Tasks.Cmdlets;

namespace IExec.Tasks.Commands;

/// <summary>
/// Waits until tasks are final and emits each then, in the order in which they finish. The status decides what comes next:
/// a completed task has a result to save, a timed-out one is claimable.
/// </summary>
/// <example>
/// <code>
/// foreach ($task in Wait-IExecTask -DealId $dealId -TimeoutSec 7200) {
///     switch ($task.Status) {
///         'COMPLETED' { $task | Save-IExecTaskResult -Path ./results/ }
///         'TIMEOUT'   { $task | Invoke-IExecTaskClaim -Confirm:$false }
///     }
/// }
/// </code>
/// </example>
[Cmdlet(VerbsLifecycle.Wait, "IExecTask", DefaultParameterSetName = ById, HelpUri = IExecCmdlet.HelpUri)]
[OutputType(typeof(IExecTask))]
public sealed class WaitIExecTaskCommand : TaskWatchingCmdlet
{
    private protected override bool WantsDetails => false;

    private protected override void Write(IExecTaskUpdate update)
    {
        if (update.IsFinal)
            Emit(update.Task);
    }
}
