using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.Benchmarks.Watching;

/// <summary>
/// Watches 1,000 tasks while blocks come and some tasks change, and counts HTTP requests on their way to the node. The peer is the iexec SDK
/// with a <c>show</c> for each task, as its observers do at every poll. CPU time is that of the whole watching process: over some hundred
/// polls at the shortest interval, each of which meets a new block, and from there scaled to the 720 polls that an hour has at 5 s.
/// </summary>
internal sealed class WatchBenchmark : IBenchmark
{
    private const int Count = 1000;
    private const int LeastRequests = 2;
    private const int MostRequests = 3;

    /// <summary>How many polls meet an event depends on when they come.</summary>
    private const double Noise = 0.05;

    private const int PollsAnHour = 720;
    private const int Blocks = 400;
    private const int BlocksBetweenChanges = 20;
    private static readonly TimeSpan BetweenBlocks = TimeSpan.FromMilliseconds(200);

    public string Name => "watch";

    public async Task<IReadOnlyList<BenchmarkRow>> RunAsync(bool asksPeers)
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        using var proxy = new FaultyProxy { Target = chain.RpcUrl };
        var deal = await chain.CreateDealAsync("benchmark", volume: Count);
        await chain.InitializeAsync(deal.DealId, Enumerable.Range(0, Count));

        var peer = asksPeers ? await MeasurePeerAsync(chain, proxy, [.. deal.Tasks.Select(task => task.TaskId)]) : "–";
        var (polls, cpuSeconds) = await MeasureAsync(chain, proxy, deal);
        return
        [
            new BenchmarkRow(
                "watch 1,000 tasks",
                peer,
                $"{LeastRequests} requests a poll",
                $"{polls.Average():0.00} requests a poll, {polls.Max()} at most; {cpuSeconds / polls.Count * PollsAnHour:0} s of CPU an hour at 5 s",
                new Gauge(polls.Average() / LeastRequests, Noise),
                $"≤ {MostRequests} requests a poll",
                polls.Max() <= MostRequests),
        ];
    }

    /// <summary>What one poll more costs; the time without the proxy.</summary>
    private static async Task<string> MeasurePeerAsync(DevnetChain chain, FaultyProxy proxy, string[] taskIds)
    {
        var counts = new List<int>();
        for (var rounds = 0; rounds <= 1; rounds++)
        {
            proxy.Reset();
            await ReadAsync(proxy.Url, rounds);
            counts.Add(proxy.RequestCount);
        }

        return $"SDK: {counts[1] - counts[0]:N0} requests and {Timing.Text(Sample.Of(await ReadAsync(chain.RpcUrl, rounds: 3)).Time)} a poll";

        Task<double[]> ReadAsync(Uri url, int rounds) => NodePeer.RunAsync<double[]>("read.mjs", new { url, taskIds, rounds });
    }

    private static async Task<(IReadOnlyList<int> Polls, double CpuSeconds)> MeasureAsync(DevnetChain chain, FaultyProxy proxy, DevnetDeal deal)
    {
        var counter = new RequestCounter();
        proxy.Reset();
        proxy.Intercept = (request, _, reply) =>
        {
            counter.Count(request);
            return reply;
        };
        using var watch = new WatchProcess($"{proxy.Url}", $"-DealId {deal.DealId} -PollingIntervalSec 0.2");
        await watch.WaitForAsync(Count);
        var before = await watch.TakeFiguresAsync();
        counter.Restart();
        for (var block = 1; block <= Blocks; block++)
        {
            var clock = Stopwatch.StartNew();
            if (block % BlocksBetweenChanges == 0)
                await chain.ContributeAsync(deal.Tasks[block].TaskId, deal.Tasks[block].Digest);
            else
                await chain.MineAsync();
            if (BetweenBlocks > clock.Elapsed)
                await Task.Delay(BetweenBlocks - clock.Elapsed);
        }

        var polls = counter.Polls;
        var after = await watch.TakeFiguresAsync();
        await watch.WaitForAsync(Count + (Blocks / BlocksBetweenChanges));
        return (polls, after.CpuSeconds - before.CpuSeconds);
    }
}
