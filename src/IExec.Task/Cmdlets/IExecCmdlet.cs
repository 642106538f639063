using System;
using System.Management.Automation;

namespace IExec.Tasks.Cmdlets;

/// <summary>What all cmdlets of the module share: how failures become error records.</summary>
public abstract class IExecCmdlet : AsyncCmdlet
{
    /// <summary>Reports the failure of one item; the others go on.</summary>
    private protected void WriteFailure(IExecException exception, object? target) => WriteError(ErrorRecords.Create(exception, target));

    private protected sealed override ErrorRecord? ToTerminatingError(Exception exception) =>
        exception is IExecException failure ? ErrorRecords.Create(failure, null) : null;
}
