using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Cmdlets;

namespace IExec.Tasks.Commands;

/// <summary>
/// Finds the tasks in the deals of an account, an app, a dataset or a workerpool, those that are not initialised included: the newest deals first, the tasks
/// of each in the order of their indexes.
/// </summary>
[Cmdlet(VerbsCommon.Find, "IExecTask", HelpUri = IExecCmdlet.HelpUri)]
[OutputType(typeof(IExecTask))]
public sealed class FindIExecTaskCommand : FindCmdlet
{
    /// <summary>Makes the cmdlet.</summary>
    public FindIExecTaskCommand()
        : base("Finding tasks")
    {
    }

    private protected override async Task EmitAsync(IReadOnlyList<ScheduledDeal> deals, CancellationToken cancellationToken)
    {
        await foreach (var part in Reader.ReadTasksAsync(deals, cancellationToken))
        {
            foreach (var task in part.Tasks)
            {
                if (IsWanted(task))
                    EmitInTurn(task);
                if (IsEnough)
                    return;
            }
        }
    }
}
