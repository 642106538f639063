using System;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Workerpools;

/// <summary>A chain seen through a proxy, the scheduler of its main workerpool, and the Compass that knows it; null where ENS does.</summary>
internal sealed record Workerpool(DevnetChain Chain, RpcProxy Node, SchedulerFake Scheduler, CompassFake? Compass) : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 9, 15, 33, 123, TimeSpan.Zero);

    /// <summary>The requester of nearly all tasks.</summary>
    public DevnetAccount Requester => Chain.State.Accounts.Requester;

    public string Worker => Chain.State.Accounts.Worker1.Address;

    public string Address => Chain.State.Workerpools["main"].Address;

    /// <summary>All requests so far: to the node, to Compass and to the scheduler.</summary>
    public int RequestCount => Node.Server.Requests.Count + Scheduler.Server.Requests.Count + (Compass?.Server.Requests.Count ?? 0);

    /// <summary>Starts a scheduler, and declares it for the main workerpool.</summary>
    public static async Task<Workerpool> StartAsync(DevnetChain chain)
    {
        var hasEns = chain.State.Contracts.EnsRegistry is not null;
        var pool = new Workerpool(
            chain,
            await RpcProxy.StartAsync(chain.RpcUrl),
            await SchedulerFake.StartAsync(chain.State.ChainId),
            hasEns ? null : await CompassFake.StartAsync(chain.State.ChainId));
        await pool.DeclareAsync("main", pool.Scheduler.Url.ToString());
        return pool;
    }

    /// <summary>Declares any text as the API URL of a workerpool.</summary>
    public async Task DeclareAsync(string workerpool, string url)
    {
        if (Compass is null)
            await Chain.SetWorkerpoolApiUrlAsync(workerpool, url);
        else
            Compass.Declare(Chain.State.Workerpools[workerpool].Address, url);
    }

    /// <summary>A host that is connected with a key; without one if the account is null.</summary>
    public PowerShellHost Connect(DevnetAccount? account, string options = "-MaximumRetryCount 0", HostOptions? console = null)
    {
        var host = PowerShellHost.WithModule(console);
        host.Set("url", Node.Server.Url);
        host.Set("compass", Compass?.Url);
        host.Set("key", account is null ? null : TestKeys.Secure(account.PrivateKey));
        host.Invoke($"Connect-IExec -RpcUrl $url {(Compass is null ? "" : "-CompassUrl $compass")} {(account is null ? "" : "-PrivateKey $key")} {options}").ThrowOnError();
        return host;
    }

    public string TaskId(string name) => Chain.State.Tasks[name].TaskId;

    /// <summary>Adds a task to the scheduler that one worker has run, with logs.</summary>
    public SchedulerTask AddRun(string taskId, string stdout = "hello\nworld\n", string stderr = "")
    {
        var task = Scheduler.Add(taskId, Requester.Address)
            .Move("RECEIVED", Start)
            .Move("INITIALIZED", Start.AddSeconds(2.5))
            .Move("RUNNING", Start.AddSeconds(3))
            .Move("COMPLETED", Start.AddSeconds(75));
        var replicate = task.AddReplicate(Worker)
            .Move("CREATED", Start.AddSeconds(3))
            .Move("COMPUTING", Start.AddSeconds(5))
            .Move("COMPLETED", Start.AddSeconds(74));
        replicate.ExitCode = 0;
        replicate.Logs = (stdout, stderr);
        return task;
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        await Scheduler.DisposeAsync();
        if (Compass is not null)
            await Compass.DisposeAsync();
    }
}
