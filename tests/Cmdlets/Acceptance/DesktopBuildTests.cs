using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Hosting;
using IExec.Tasks.Playground;

namespace IExec.Tasks.CmdletTests.Acceptance;

/// <summary>
/// Every cmdlet that makes requests, in the build for Windows PowerShell. That cannot be loaded by PowerShell 7, which brings other versions of
/// its libraries, but by the bare engine in a process of its own.
/// </summary>
public sealed class DesktopBuildTests
{
    [Fact]
    public async Task Every_cmdlet_works_in_the_build_for_Windows_PowerShell()
    {
        await using var devnet = await ServedDevnet.StartAsync();
        using var module = new ModuleFolder("netstandard2.0");
        var tasks = devnet.State.Tasks;

        var shell = await ChildShell.RunAsync($$"""
            $ErrorActionPreference = 'Stop'
            Import-Module '{{module.Manifest}}'
            $key = [Security.SecureString]::new(); foreach ($digit in '{{devnet.State.Accounts.Requester.PrivateKey}}'.ToCharArray()) { $key.AppendChar($digit) }
            {{string.Join("\n", devnet.ConnectCommands)}}
            (Get-IExecConnection).Chain
            {{devnet.ConnectCommands.First()}} -PrivateKey $key
            (Get-IExecChain 134).Name
            (Get-IExecTask {{tasks["active"].TaskId}}).StatusName
            (Get-IExecDeal {{tasks["active"].DealId}}).DealId
            (Get-IExecTaskOffchainInfo {{tasks["active"].TaskId}}).Status
            (Get-IExecTaskLog {{tasks["active"].TaskId}}).Worker
            (Save-IExecTaskResult {{tasks["completedSingle"].TaskId}} -Path '{{Path.GetDirectoryName(module.Manifest)}}/' -Expand).DigestVerified
            (Export-IExecDealReport {{tasks["active"].DealId}} -Path '{{Path.GetDirectoryName(module.Manifest)}}/').Extension
            (Invoke-IExecTaskClaim {{tasks["claimable0"].TaskId}} -Force).TaskId
            (Wait-IExecTask {{tasks["completedSingle"].TaskId}}).StatusName
            (Watch-IExecTask {{tasks["completedSingle"].TaskId}}).Message
            Disconnect-IExec
            $core = @([AppDomain]::CurrentDomain.GetAssemblies().Where({ $_.GetName().Name -eq 'IExec.Task.Core' }))[0]
            [Reflection.CustomAttributeExtensions]::GetCustomAttribute($core, [Runtime.Versioning.TargetFrameworkAttribute]).FrameworkName
            """);

        Assert.Equal(
            [
                "bellecour", "bellecour", "ACTIVE", tasks["active"].DealId, "RUNNING", devnet.State.Accounts.Worker1.Address, "True", ".html", tasks["claimable0"].TaskId,
                "COMPLETED", "TASK_COMPLETED", ".NETStandard,Version=v2.0",
            ],
            Array.FindAll(shell.Output, line => !line.StartsWith("WARNING: ", StringComparison.Ordinal)));
    }
}
