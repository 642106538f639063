using System;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes.Ipfs;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.Playground;

/// <summary>Keeps both local chains, each with a workerpool, and a gateway with their results, up for another PowerShell.</summary>
internal static class Serving
{
    public static async Task<int> RunAsync()
    {
        await using var arbitrum = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        await using var bellecour = await DevnetChain.StartAsync(DevnetProfile.Bellecour);
        await using var arbitrumPool = await LocalWorkerpool.StartAsync(arbitrum);
        await using var bellecourPool = await LocalWorkerpool.StartAsync(bellecour);
        await using var gateway = await IpfsGateway.StartAsync(new BlockStore().AddFolder(DevnetFiles.Blocks));
        Console.WriteLine($"Import-Module {RepositoryPaths.Manifest}");
        Console.WriteLine($"Connect-IExec arbitrum-sepolia-testnet -RpcUrl {arbitrum.RpcUrl} -IpfsGatewayUrl {gateway.Url}{arbitrumPool.ConnectParameter}");
        Console.WriteLine($"Connect-IExec bellecour -RpcUrl {bellecour.RpcUrl} -IpfsGatewayUrl {gateway.Url}{bellecourPool.ConnectParameter}");
        Console.WriteLine($"Get-IExecTask -DealId {arbitrum.State.Deals["bag"].DealId}");
        Console.WriteLine($"Get-IExecTaskOffchainInfo {arbitrum.State.Tasks["active"].TaskId}");
        Console.WriteLine($"The requester's key, for Connect-IExec -PrivateKey (ConvertTo-SecureString <key> -AsPlainText -Force): {arbitrum.State.Accounts.Requester.PrivateKey}");
        Console.WriteLine($"Save-IExecTaskResult {arbitrum.State.Tasks["completedSingle"].TaskId}");
        Console.WriteLine("Press Ctrl+C to stop.");
        var stopped = new TaskCompletionSource();
        Console.CancelKeyPress += (_, key) =>
        {
            key.Cancel = true;
            stopped.TrySetResult();
        };
        await stopped.Task;
        return 0;
    }
}
