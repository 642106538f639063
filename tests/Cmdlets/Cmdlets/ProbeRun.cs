using System;
using System.Collections.Generic;
using System.Linq;
using IExec.Tasks.Hosting;
using Probe = IExec.Tasks.CmdletTests.Cmdlets.InvokeAsyncProbeCommand;

namespace IExec.Tasks.CmdletTests.Cmdlets;

/// <summary>Runs the probe in a hosted engine.</summary>
internal static class ProbeRun
{
    public static readonly Dictionary<string, Type> Commands = new() { ["Invoke-AsyncProbe"] = typeof(Probe) };

    /// <summary>Runs a script with methods and other things as its variables.</summary>
    public static InvocationResult Invoke(string script, Dictionary<string, Probe.Method> methods, params (string Name, object Value)[] others)
    {
        using var host = new PowerShellHost(commands: Commands);
        foreach (var (name, method) in methods)
            host.Set(name, method);
        foreach (var (name, value) in others)
            host.Set(name, value);
        return host.Invoke(script);
    }

    /// <summary>What came out, as text.</summary>
    public static string[] Texts(InvocationResult result)
    {
        result.ThrowOnError();
        return [.. result.Output.Select(item => item.ToString())];
    }
}
