using System;
using System.Management.Automation;
using System.Threading.Tasks;
using IExec.Tasks.Http;

namespace IExec.Tasks.Cmdlets;

/// <summary>Carries the core's messages, from whatever thread they come, to the streams of the cmdlet they belong to.</summary>
internal sealed class CmdletDiagnostics(AsyncCmdlet cmdlet, Action<Action> post) : IDiagnostics
{
    public void Verbose(string message) => post(() =>
    {
        // With -Debug alone, the engine would ask at every verbose message whether to go on.
        if (IsDebugging && !cmdlet.MyInvocation.BoundParameters.ContainsKey("Verbose"))
            cmdlet.WriteDebug(message);
        else
            cmdlet.WriteVerbose(message);
    });

    public Task WarnAsync(string message)
    {
        var written = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        post(() =>
        {
            try
            {
                cmdlet.WriteWarning(message);
                written.SetResult(true);
            }
            catch (PipelineStoppedException)
            {
                written.SetCanceled();
            }
            catch (Exception exception)
            {
                written.SetException(exception); // $WarningPreference is Stop, or the console fails: for whoever waits
            }
        });
        return written.Task;
    }

    public void Debug(string message) => post(() => cmdlet.WriteDebug(message));

    private bool IsDebugging => cmdlet.MyInvocation.BoundParameters.TryGetValue("Debug", out var value) && value is SwitchParameter { IsPresent: true };
}
