using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Cmdlets;

namespace IExec.Tasks.Commands;

/// <summary>Finds the deals of an account, an app, a dataset or a workerpool, the newest first, and reads each from the chain.</summary>
[Cmdlet(VerbsCommon.Find, "IExecDeal", HelpUri = IExecCmdlet.HelpUri)]
[OutputType(typeof(IExecDeal))]
public sealed class FindIExecDealCommand : FindCmdlet
{
    /// <summary>Makes the cmdlet.</summary>
    public FindIExecDealCommand()
        : base("Finding deals")
    {
    }

    private protected override async Task EmitAsync(IReadOnlyList<ScheduledDeal> deals, CancellationToken cancellationToken)
    {
        await foreach (var deal in Reader.ReadAsync(deals, cancellationToken))
        {
            if (IsWanted(deal))
                EmitInTurn(deal);
            if (IsEnough)
                return;
        }
    }

    /// <summary>A deal matches when one of its tasks does.</summary>
    private bool IsWanted(IExecDeal deal) => (!Claimable || deal.ClaimableCount > 0) && (Status is null || Array.Exists(Status, status => deal.Tasks.Of(status) > 0));
}
