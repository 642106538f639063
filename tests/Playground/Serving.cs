using System;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.Playground;

/// <summary>Keeps both local chains up for another PowerShell.</summary>
internal static class Serving
{
    public static async Task<int> RunAsync()
    {
        await using var arbitrum = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        await using var bellecour = await DevnetChain.StartAsync(DevnetProfile.Bellecour);
        Console.WriteLine($"Import-Module {RepositoryPaths.Manifest}");
        Console.WriteLine($"Connect-IExec arbitrum-sepolia-testnet -RpcUrl {arbitrum.RpcUrl}");
        Console.WriteLine($"Connect-IExec bellecour -RpcUrl {bellecour.RpcUrl}");
        Console.WriteLine($"Get-IExecTask -DealId {arbitrum.State.Deals["bag"].DealId}");
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
