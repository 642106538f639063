using System;
using System.Threading.Tasks;
using IExec.Tasks.CmdletTests.Workerpools;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.CmdletTests.Reports;

/// <summary>A deal in which everything happens that a report draws: of six tasks of category XS two complete, one of them reopened, two fail, one is claimed, one is never initialised.</summary>
internal sealed class ReportedDeal
{
    private readonly Workerpool _pool;
    private readonly DevnetDeal _deal;
    private readonly SchedulerTask[] _known;
    private readonly DevnetAccount _worker1;
    private readonly DevnetAccount _worker2;
    private DateTimeOffset _start;

    private ReportedDeal(Workerpool pool, DevnetDeal deal)
    {
        _pool = pool;
        _deal = deal;
        _known = Array.ConvertAll<DevnetTask, SchedulerTask>([.. deal.Tasks], task => pool.Scheduler.Add(task.TaskId, pool.Requester.Address));
        _worker1 = pool.Chain.State.Accounts.Worker1;
        _worker2 = pool.Chain.State.Accounts.Worker2;
    }

    public static async Task<DevnetDeal> RunAsync(Workerpool pool)
    {
        var deal = await pool.Chain.CreateDealAsync("reported", DevnetChain.CategoryXs, volume: 6, appPrice: 100_000_000, workerpoolPrice: 400_000_000);
        var reported = new ReportedDeal(pool, deal) { _start = await pool.Chain.GetTimestampAsync() };
        await reported.RunAsync();
        return deal;
    }

    private async Task RunAsync()
    {
        await PassAsync(0.5);
        for (var i = 0; i < 5; i++)
        {
            await _pool.Chain.InitializeAsync(_deal.DealId, i);
            await SayAsync(i, "INITIALIZED");
            await SayAsync(i, "RUNNING");
        }

        var (first, second) = (await WorkAsync(0, _worker1), await WorkAsync(1, _worker2));
        var (failing, other, slow) = (await WorkAsync(2, _worker1), await WorkAsync(2, _worker2), await WorkAsync(3, _worker2));
        await PassAsync(6);
        await ContributeAsync(0, _worker1, first);
        await ContributeAsync(1, _worker2, second);
        await PassAsync(8);
        other.Move("APP_DOWNLOAD_FAILED", await NowAsync(), "APP_IMAGE_DOWNLOAD_FAILED");
        await PassAsync(9);
        await RevealAsync(0, _worker1, first);
        await PassAsync(11);
        await FinalizeAsync(0);
        failing.Move("COMPUTE_FAILED", await NowAsync(), "APP_COMPUTE_FAILED").ExitCode = 137;
        await PassAsync(17.5);
        await _pool.Chain.ReopenAsync(_deal.Tasks[1].TaskId);
        await SayAsync(1, "RUNNING");
        var again = await WorkAsync(1, _worker1);
        await PassAsync(24);
        await ContributeAsync(1, _worker1, again);
        await PassAsync(26);
        await RevealAsync(1, _worker1, again);
        await PassAsync(28);
        await FinalizeAsync(1);
        await PassAsync(33);
        slow.Move("WORKER_LOST", await NowAsync());
        await PassAsync(51);
        await SayAsync(2, "FINAL_DEADLINE_REACHED");
        await SayAsync(2, "FAILED");
        await PassAsync(70);
        await _pool.Chain.ClaimAsync(_deal.Tasks[2].TaskId);
    }

    private async Task PassAsync(double minutes)
    {
        var left = _start.AddMinutes(minutes) - await NowAsync();
        if (left > TimeSpan.Zero)
            await _pool.Chain.IncreaseTimeAsync(left);
    }

    private async Task<SchedulerReplicate> WorkAsync(int index, DevnetAccount worker)
    {
        var now = await NowAsync();
        return _known[index].AddReplicate(worker.Address).Move("CREATED", now).Move("STARTED", now.AddSeconds(2)).Move("APP_DOWNLOADING", now.AddSeconds(3)).Move("COMPUTING", now.AddSeconds(50));
    }

    private async Task ContributeAsync(int index, DevnetAccount worker, SchedulerReplicate replicate)
    {
        await _pool.Chain.ContributeAsync(_deal.Tasks[index].TaskId, _deal.Tasks[index].Digest, worker);
        replicate.Move("CONTRIBUTED", (await NowAsync()).AddSeconds(1));
        await SayAsync(index, "CONSENSUS_REACHED");
    }

    private async Task RevealAsync(int index, DevnetAccount worker, SchedulerReplicate replicate)
    {
        await _pool.Chain.RevealAsync(_deal.Tasks[index].TaskId, _deal.Tasks[index].Digest, worker);
        replicate.Move("REVEALED", (await NowAsync()).AddSeconds(1)).Move("COMPLETED", (await NowAsync()).AddSeconds(20));
    }

    private async Task FinalizeAsync(int index)
    {
        await _pool.Chain.FinalizeAsync(_deal.Tasks[index].TaskId);
        await SayAsync(index, "COMPLETED");
    }

    private async Task SayAsync(int index, string status) => _known[index].Move(status, (await NowAsync()).AddSeconds(1));

    private Task<DateTimeOffset> NowAsync() => _pool.Chain.GetTimestampAsync();
}
