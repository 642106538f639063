using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using IExec.Tasks.CmdletTests.Deals;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Fakes.Indexes;
using IExec.Tasks.Fakes.Ipfs;

namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>The services behind the proxies of all runners, none of them failing, and a host that only redirects name.</summary>
internal sealed class FaultWorld : IAsyncDisposable
{
    /// <summary>How many tasks the matrix can claim in addition to those that the devnet has; a busy machine repeats cells and needs more.</summary>
    private const int TasksToInitialize = 250;

    /// <summary>The name, on both chains, of a task that no worker could run.</summary>
    public const string FailedTask = "live1";

    private readonly ConcurrentBag<string> _claimable = [];

    private FaultWorld(DevnetChain arbitrum, DevnetChain bellecour, SchedulerFake scheduler, SchedulerFake ensScheduler, IpfsGateway gateway)
    {
        (Arbitrum, Bellecour) = (arbitrum, bellecour);
        (Scheduler, EnsScheduler, Gateway) = (scheduler, ensScheduler, gateway);
    }

    public DevnetChain Arbitrum { get; }

    public DevnetChain Bellecour { get; }

    public SchedulerFake Scheduler { get; }

    /// <summary>The scheduler whose URL is in ENS.</summary>
    public SchedulerFake EnsScheduler { get; }

    public IpfsGateway Gateway { get; }

    /// <summary>The target of redirects; it must receive no request.</summary>
    public required FaultyHttpServer Elsewhere { get; init; }

    /// <summary>A subgraph with all of the requester's deals on Arbitrum.</summary>
    public required SubgraphFake Subgraph { get; init; }

    /// <summary>A market API with the same deals.</summary>
    public required MarketFake Market { get; init; }

    /// <summary>A task that has completed since the chain was started.</summary>
    public string FinishedTask => Bellecour.State.Tasks["live0"].TaskId;

    /// <summary>The block before the one in which it completed.</summary>
    public JsonNode BlockBeforeTheEnd { get; private set; } = null!;

    public DevnetState State => Arbitrum.State;

    public static async Task<FaultWorld> StartAsync()
    {
        var chains = await Task.WhenAll(
            DevnetChain.StartAsync(DevnetProfile.Arbitrum, new DevnetOptions { BaseFeePerGas = 100_000_000 }),
            DevnetChain.StartAsync(DevnetProfile.Bellecour));
        var world = new FaultWorld(
            chains[0],
            chains[1],
            await SchedulerFake.StartAsync(chains[0].State.ChainId),
            await SchedulerFake.StartAsync(chains[1].State.ChainId),
            await IpfsGateway.StartAsync(new BlockStore().AddFolder(DevnetFiles.Blocks)))
        {
            Elsewhere = await FaultyHttpServer.StartAsync(),
            Subgraph = await SubgraphFake.StartAsync(),
            Market = await MarketFake.StartAsync(chains[0].State.ChainId),
        };
        await world.FinishTaskAsync();
        await world.PrepareClaimsAsync();
        await world.Bellecour.SetWorkerpoolApiUrlAsync("main", world.EnsScheduler.Url.AbsoluteUri);
        await world.IndexAsync();
        AddRuns(world.EnsScheduler, world.Bellecour.State);
        AddRuns(world.Scheduler, world.State);
        return world;
    }

    /// <summary>A task that can be claimed, for one command alone.</summary>
    public string TakeClaimable() => _claimable.TryTake(out var taskId) ? taskId : throw new InvalidOperationException("All tasks are claimed.");

    /// <summary>Gives back a task that was not claimed.</summary>
    public void GiveBack(string taskId) => _claimable.Add(taskId);

    public async ValueTask DisposeAsync()
    {
        await Arbitrum.DisposeAsync();
        await Bellecour.DisposeAsync();
        await Scheduler.DisposeAsync();
        await EnsScheduler.DisposeAsync();
        await Gateway.DisposeAsync();
        await Elsewhere.DisposeAsync();
        await Subgraph.DisposeAsync();
        await Market.DisposeAsync();
    }

    private static void AddRuns(SchedulerFake scheduler, DevnetState state)
    {
        AddRun(scheduler, state, "active", "COMPLETED", null);
        AddRun(scheduler, state, FailedTask, "COMPUTE_FAILED", "APP_COMPUTE_FAILED");
    }

    private static void AddRun(SchedulerFake scheduler, DevnetState state, string task, string end, string? cause) => scheduler
        .Add(state.Tasks[task].TaskId, state.Accounts.Requester.Address)
        .Move(cause is null ? end : "RUNNING", DateTimeOffset.UnixEpoch)
        .AddReplicate(state.Accounts.Worker1.Address)
        .Move(end, DateTimeOffset.UnixEpoch, cause)
        .Logs = ("hello\n", "");

    private async Task IndexAsync()
    {
        Market.Rows = Subgraph.Rows = await IndexRows.ReadAsync(Arbitrum);
        Subgraph.LastBlock = Subgraph.Rows.Max(row => row.Block);
    }

    private async Task PrepareClaimsAsync()
    {
        var tasks = new[] { "claimBig", "bagTimeout", "claimMixed", "claimMixedFirst" }.SelectMany(deal => State.Deals[deal].Tasks).ToLookup(task => task.State);
        var initialized = tasks["unset"].Take(TasksToInitialize).ToList();
        foreach (var deal in initialized.GroupBy(task => task.DealId))
            await Arbitrum.InitializeAsync(deal.Key, deal.Select(task => task.Index));
        foreach (var task in tasks["active"].Concat(initialized))
            _claimable.Add(task.TaskId);
    }

    private async Task FinishTaskAsync()
    {
        var task = Bellecour.State.Tasks["live0"];
        await Bellecour.ContributeAsync(task.TaskId, task.Digest);
        await Bellecour.RevealAsync(task.TaskId, task.Digest);
        BlockBeforeTheEnd = JsonNode.Parse((await Bellecour.SendAsync("eth_getBlockByNumber", "latest", false)).GetRawText())!;
        await Bellecour.FinalizeAsync(task.TaskId);
    }
}
