using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Commands;

/// <summary>The adapter on Nethereum takes time to load, and is loaded only to sign, to claim or to look up an ENS name.</summary>
public sealed class AdapterUseTests(DevnetFixture devnet) : IClassFixture<DevnetFixture>
{
    [Fact]
    public async Task Reading_and_watching_do_without_the_adapter_on_Nethereum()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        var task = chain.State.Tasks["completedSingle"];

        var shell = await ChildShell.RunAsync($$"""
            Import-Module '{{RepositoryPaths.Manifest}}'
            Connect-IExec -RpcUrl {{chain.RpcUrl}} -HubAddress {{chain.State.Contracts.Hub}}
            (Get-IExecTask {{task.TaskId}}).StatusName
            (Get-IExecTask -DealId {{task.DealId}} -Index {{task.Index}}).TaskId
            (Get-IExecDeal {{task.DealId}}).DealId
            (Watch-IExecTask {{task.TaskId}}).Message
            [AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object { $_.GetName().Name } | Where-Object { $_ -match '^(IExec\.Task\.Ethereum|Nethereum|NBitcoin|BouncyCastle)' }
            """);

        Assert.Equal(["COMPLETED", task.TaskId, task.DealId, "TASK_COMPLETED"], shell.Output);
    }
}
