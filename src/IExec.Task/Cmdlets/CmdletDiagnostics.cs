using System;
using IExec.Tasks.Http;

namespace IExec.Tasks.Cmdlets;

/// <summary>Carries the core's messages, from whatever thread they come, to the verbose and debug streams of the cmdlet they belong to.</summary>
internal sealed class CmdletDiagnostics(AsyncCmdlet cmdlet, Action<Action> post) : IDiagnostics
{
    public void Verbose(string message) => post(() => cmdlet.WriteVerbose(message));

    public void Debug(string message) => post(() => cmdlet.WriteDebug(message));
}
