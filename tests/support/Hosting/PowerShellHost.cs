using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;

namespace IExec.Tasks.Hosting;

/// <summary>
/// The real PowerShell engine with one runspace and a recording console. It has only the cmdlets of
/// Microsoft.PowerShell.Core (no Select-Object, Format-Table, ConvertTo-Json …) until <see cref="RestoredTools.Utility"/> is imported.
/// </summary>
public sealed class PowerShellHost : IDisposable
{
    private readonly RecordingHost _host;

    /// <summary>Opens a runspace; <paramref name="commands"/> are cmdlet classes to add to it.</summary>
    public PowerShellHost(HostOptions? options = null, IReadOnlyDictionary<string, Type>? commands = null)
    {
        _host = new RecordingHost(options ?? new HostOptions());
        // CreateDefault would look for parts of a full PowerShell installation.
        var state = InitialSessionState.CreateDefault2();
        state.ThrowOnRunspaceOpenError = true;
        if (OperatingSystem.IsWindows())
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        foreach (var (name, type) in commands ?? new Dictionary<string, Type>())
            state.Commands.Add(new SessionStateCmdletEntry(name, type, null));
        Runspace = RunspaceFactory.CreateRunspace(_host, state);
        Runspace.Open();
    }

    /// <summary>The runspace.</summary>
    public Runspace Runspace { get; }

    /// <summary>A host with the module imported from the clone.</summary>
    public static PowerShellHost WithModule(HostOptions? options = null)
    {
        var host = new PowerShellHost(options);
        host.Import(RepositoryPaths.Manifest);
        return host;
    }

    /// <summary>Imports a module by path or name.</summary>
    public void Import(string module) =>
        Invoke("param($module) Import-Module $module -ErrorAction Stop", ("module", module)).ThrowOnError();

    /// <summary>Sets a variable of the session.</summary>
    public void Set(string name, object? value) => Runspace.SessionStateProxy.SetVariable(name, value);

    /// <summary>Runs a script and collects its results; parameters are passed to the script's <c>param</c> block.</summary>
    public InvocationResult Invoke(string script, params (string Name, object? Value)[] parameters)
    {
        using var running = Start(script, parameters);
        return running.Wait();
    }

    /// <summary>Runs a script and returns what a console of this width would show, including errors and warnings.</summary>
    public string Render(string script, params (string Name, object? Value)[] parameters)
    {
        using var running = Start(script, parameters, render: true);
        return running.Wait().HostText;
    }

    /// <summary>Starts what <see cref="Render"/> does without waiting for it.</summary>
    public RunningPipeline StartRendering(string script) => Start(script, [], render: true);

    /// <summary>Starts a script without waiting for it.</summary>
    public RunningPipeline Start(string script, params (string Name, object? Value)[] parameters) => Start(script, parameters, render: false);

    /// <summary>The completions at the end of a line.</summary>
    public IReadOnlyList<CompletionResult> Complete(string line)
    {
        using var shell = PowerShell.Create(Runspace);
        return CommandCompletion.CompleteInput(line, line.Length, null, shell).CompletionMatches;
    }

    /// <inheritdoc/>
    public void Dispose() => Runspace.Dispose();

    private RunningPipeline Start(string script, (string Name, object? Value)[] parameters, bool render)
    {
        _host.Recording.TakeText();
        _host.Recording.Prompts.Clear();
        var shell = PowerShell.Create(Runspace);
        shell.AddScript(script, useLocalScope: false);
        foreach (var (name, value) in parameters)
            shell.AddParameter(name, value);
        if (render)
        {
            shell.Commands.Commands[^1].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
            shell.AddCommand("Out-Default");
        }

        return new RunningPipeline(shell, _host);
    }
}
