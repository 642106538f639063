using System;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.Playground;

/// <summary>The scheduler of the main workerpool of a local chain, with some tasks, and where its URL is declared.</summary>
internal sealed class LocalWorkerpool : IAsyncDisposable
{
    /// <summary>Raw, this would clear the screen and turn the rest red.</summary>
    private const string Nasty = "starting\u001b[2J\u001b[31m\nall is well, believe me\n";

    private readonly SchedulerFake _scheduler;
    private readonly CompassFake? _compass;

    private LocalWorkerpool(SchedulerFake scheduler, CompassFake? compass)
    {
        _scheduler = scheduler;
        _compass = compass;
    }

    /// <summary>Where the scheduler's URL is declared; null where ENS has it.</summary>
    public Uri? CompassUrl => _compass?.Url;

    public static async Task<LocalWorkerpool> StartAsync(DevnetChain chain)
    {
        var state = chain.State;
        var scheduler = await SchedulerFake.StartAsync(state.ChainId);
        Script(scheduler, state);
        if (state.Contracts.EnsPublicResolver is not null)
        {
            await chain.SetWorkerpoolApiUrlAsync("main", scheduler.Url.ToString());
            return new LocalWorkerpool(scheduler, null);
        }

        var compass = await CompassFake.StartAsync(state.ChainId);
        compass.Declare(state.Workerpools["main"].Address, scheduler.Url.ToString());
        return new LocalWorkerpool(scheduler, compass);
    }

    public async ValueTask DisposeAsync()
    {
        await _scheduler.DisposeAsync();
        if (_compass is not null)
            await _compass.DisposeAsync();
    }

    private static void Script(SchedulerFake scheduler, DevnetState state)
    {
        var begin = DateTimeOffset.UtcNow.AddMinutes(-20);
        var (worker1, worker2) = (state.Accounts.Worker1.Address, state.Accounts.Worker2.Address);

        var good = scheduler.Add(state.Tasks["completedSingle"].TaskId, state.Accounts.Requester.Address);
        good.Move("RECEIVED", begin).Move("INITIALIZING", begin.AddSeconds(1.2)).Move("INITIALIZED", begin.AddSeconds(7)).Move("RUNNING", begin.AddSeconds(9))
            .Move("CONSENSUS_REACHED", begin.AddSeconds(130)).Move("RESULT_UPLOADED", begin.AddSeconds(150)).Move("FINALIZED", begin.AddSeconds(163)).Move("COMPLETED", begin.AddSeconds(164));
        var run = good.AddReplicate(worker1)
            .Move("CREATED", begin.AddSeconds(9)).Move("APP_DOWNLOADED", begin.AddSeconds(31)).Move("COMPUTED", begin.AddSeconds(120))
            .Move("CONTRIBUTED", begin.AddSeconds(130)).Move("REVEALED", begin.AddSeconds(141)).Move("COMPLETED", begin.AddSeconds(164));
        run.ExitCode = 0;
        run.Logs = (Nasty, "");

        var stuck = scheduler.Add(state.Tasks["active"].TaskId, state.Accounts.Requester.Address);
        stuck.Move("RECEIVED", begin).Move("INITIALIZED", begin.AddSeconds(8)).Move("RUNNING", begin.AddSeconds(10));
        var failed = stuck.AddReplicate(worker1)
            .Move("CREATED", begin.AddSeconds(10)).Move("COMPUTING", begin.AddSeconds(25)).Move("COMPUTE_FAILED", begin.AddSeconds(40), "APP_COMPUTE_FAILED");
        failed.ExitCode = 137;
        failed.Logs = ("reading the input\n", "Killed: out of memory\n");
        stuck.AddReplicate(worker2)
            .Move("CREATED", begin.AddSeconds(45)).Move("APP_DOWNLOADING", begin.AddSeconds(47)).Move("APP_DOWNLOAD_FAILED", begin.AddMinutes(5), "APP_IMAGE_DOWNLOAD_FAILED");
    }
}
