using System.Management.Automation;
using IExec.Tasks.Binding;
using IExec.Tasks.Cmdlets;
using IExec.Tasks.Loading;

namespace IExec.Tasks.Commands;

/// <summary>Closes connections and wipes their keys: the runspace's own, or those passed.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "IExec", HelpUri = IExecCmdlet.HelpUri)]
[OutputType(typeof(void))]
public sealed class DisconnectIExecCommand : PSCmdlet
{
    /// <summary>The connections to close. Without it, the runspace's own.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    [OpenConnection]
    public IExecConnection[]? Connection { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var state = RunspaceState.Current;
        foreach (var connection in Connection ?? (state.Connection is { } own ? [own] : []))
        {
            connection.Dispose();
            if (state.Connection == connection)
                state.Forget();
        }
    }
}
