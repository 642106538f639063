using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.Benchmarks.Watching;

/// <summary>An hour of the chain's time, a block every 5 s of it, watched at the shortest interval while workers contribute now and then.</summary>
internal sealed class HourSoak
{
    private const int Blocks = 720;
    private const int Volume = 100;
    private const int BlocksBetweenChanges = 10;
    private static readonly TimeSpan BlockTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(220); // so that each block is met by a poll of its own

    public async Task<IReadOnlyCollection<Figure>> RunAsync()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        var deal = await chain.CreateDealAsync("soak", volume: Volume);
        await chain.InitializeAsync(deal.DealId, Enumerable.Range(0, Volume));
        var before = await chain.GetTimestampAsync();
        using var watch = new WatchProcess($"{chain.RpcUrl}", $"-DealId {deal.DealId} -PollingIntervalSec 0.2");
        await watch.WaitForAsync(Volume);

        var flatness = await Flatness.WatchAsync(watch, Blocks * Pause, MineAsync(chain, deal));
        await watch.WaitForAsync(Volume + (Blocks / BlocksBetweenChanges));
        var passed = await chain.GetTimestampAsync() - before;
        return
        [
            new Figure("an hour of chain time, polled every 0.2 s", $"{passed:hh\\:mm\\:ss}, {watch.Updates.Count - Volume} of {Blocks / BlocksBetweenChanges} changes emitted", "all, once", watch.Updates.Count - Volume == Blocks / BlocksBetweenChanges),
            flatness,
        ];
    }

    private static async Task MineAsync(DevnetChain chain, DevnetDeal deal)
    {
        for (var block = 1; block <= Blocks; block++)
        {
            await chain.SetNextBlockTimestampAsync(await chain.GetTimestampAsync() + BlockTime);
            var task = deal.Tasks[block / BlocksBetweenChanges];
            if (block % BlocksBetweenChanges == 0)
                await chain.ContributeAsync(task.TaskId, task.Digest);
            else
                await chain.MineAsync();
            await Task.Delay(Pause);
        }
    }
}
