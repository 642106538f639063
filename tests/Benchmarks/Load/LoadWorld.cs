using System;
using System.Collections;
using System.Net;
using System.Security;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Fakes.Ipfs;

namespace IExec.Tasks.Benchmarks.Load;

/// <summary>The services beside a chain: the scheduler of its main workerpool, the Compass that knows it, and a gateway with the results. They keep what they are asked, so nobody keeps them for long.</summary>
internal sealed record LoadWorld(DevnetChain Chain, SchedulerFake Scheduler, CompassFake Compass, IpfsGateway Gateway) : IAsyncDisposable
{
    /// <summary>The parameters of Connect-IExec that lead here.</summary>
    public Hashtable Connection => new() { ["RpcUrl"] = Chain.RpcUrl, ["CompassUrl"] = Compass.Url, ["IpfsGatewayUrl"] = Gateway.Url };

    public static async Task<LoadWorld> StartAsync(DevnetChain chain)
    {
        var world = new LoadWorld(
            chain,
            await SchedulerFake.StartAsync(chain.State.ChainId),
            await CompassFake.StartAsync(chain.State.ChainId),
            await IpfsGateway.StartAsync(new BlockStore().AddFolder(DevnetFiles.Blocks)));
        world.Compass.Declare(chain.State.Workerpools["main"].Address, world.Scheduler.Url.ToString());
        return world;
    }

    public static SecureString KeyOf(DevnetAccount account) => new NetworkCredential("", account.PrivateKey).SecurePassword;

    /// <summary>Lets the scheduler know a task that one worker has run.</summary>
    public void AddRun(string taskId, string stdout)
    {
        var task = Scheduler.Add(taskId, Chain.State.Accounts.Requester.Address).Move("RUNNING", DateTimeOffset.UnixEpoch);
        task.AddReplicate(Chain.State.Accounts.Worker1.Address).Move("COMPLETED", DateTimeOffset.UnixEpoch).Logs = (stdout, "");
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Compass.DisposeAsync();
        await Scheduler.DisposeAsync();
    }
}
