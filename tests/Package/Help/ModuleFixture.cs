using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.PackageTests.Help;

/// <summary>An engine with the module imported, and its cmdlets.</summary>
public sealed class ModuleFixture : IDisposable
{
    public ModuleFixture() =>
        Cmdlets = Host.Invoke("Get-Command -Module IExec.Task").As<CmdletInfo>().ToDictionary(cmdlet => cmdlet.Name, cmdlet => new CommandShape(cmdlet));

    public PowerShellHost Host { get; } = PowerShellHost.WithModule();

    internal IReadOnlyDictionary<string, CommandShape> Cmdlets { get; }

    public void Dispose() => Host.Dispose();
}
