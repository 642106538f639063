using System;
using System.IO;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes.Ipfs;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Commands;

/// <summary>An empty folder, and a gateway with the results of the devnet's tasks.</summary>
internal sealed class SaveBench : IAsyncDisposable
{
    private SaveBench(IpfsGateway gateway) => Gateway = gateway;

    public string Folder { get; } = Directory.CreateTempSubdirectory("iexec-save-").FullName;

    public IpfsGateway Gateway { get; }

    public static async Task<SaveBench> StartAsync(DevnetFixture devnet)
    {
        await devnet.GetAsync(DevnetProfile.Arbitrum); // builds the blocks
        return new(await IpfsGateway.StartAsync(new BlockStore().AddFolder(DevnetFiles.Blocks)));
    }

    /// <summary>A host that is connected to a chain and the gateway.</summary>
    public PowerShellHost Connect(DevnetChain chain)
    {
        var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {chain.RpcUrl} -IpfsGatewayUrl {Gateway.Url} -MaximumRetryCount 1").ThrowOnError();
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
