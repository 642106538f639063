using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes.Ipfs;

namespace IExec.Tasks.Playground;

/// <summary>A local chain and the scheduler of its workerpool.</summary>
internal sealed record ServedChain(string Name, DevnetChain Chain, LocalWorkerpool Workerpool) : IAsyncDisposable
{
    /// <summary>The content of the chain.</summary>
    public DevnetState State => Chain.State;

    public static async Task<ServedChain> StartAsync(string name, DevnetProfile profile)
    {
        var chain = await DevnetChain.StartAsync(profile);
        return new ServedChain(name, chain, await LocalWorkerpool.StartAsync(chain));
    }

    /// <summary>The parameters of Connect-IExec, and their values.</summary>
    public IReadOnlyDictionary<string, string> Connection(IpfsGateway gateway)
    {
        var parameters = new Dictionary<string, string> { ["Chain"] = Name, ["RpcUrl"] = Chain.RpcUrl.ToString(), ["IpfsGatewayUrl"] = gateway.Url.ToString() };
        if (Workerpool.CompassUrl is { } compass)
            parameters["CompassUrl"] = compass.ToString();
        return parameters;
    }

    public async ValueTask DisposeAsync()
    {
        await Workerpool.DisposeAsync();
        await Chain.DisposeAsync();
    }
}
