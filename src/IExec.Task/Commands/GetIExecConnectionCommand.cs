using System.Management.Automation;
using IExec.Tasks.Cmdlets;
using IExec.Tasks.Loading;

namespace IExec.Tasks.Commands;

/// <summary>Shows this runspace's connection, or nothing when there is none yet.</summary>
[Cmdlet(VerbsCommon.Get, "IExecConnection", HelpUri = IExecCmdlet.HelpUri)]
[OutputType(typeof(IExecConnection))]
public sealed class GetIExecConnectionCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (RunspaceState.Current.HandOut() is { } connection)
            WriteObject(connection);
    }
}
