using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.Benchmarks.Watching;

/// <summary>Watches a busy deal through a node with a WebSocket, first without faults, then with a connection that is cut again and again.</summary>
/// <param name="duration">How long each part takes.</param>
internal sealed class WebSocketSoak(TimeSpan duration)
{
    private const int Seed = 7;
    private const int Volume = 60;
    private static readonly TimeSpan MostLatency = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan BetweenCuts = TimeSpan.FromSeconds(3);

    public async Task<IReadOnlyCollection<Figure>> RunAsync() => [.. await RunAsync("WebSocket", Timeout.InfiniteTimeSpan), .. await RunAsync("WebSocket cut every 3 s", BetweenCuts)];

    private async Task<IReadOnlyCollection<Figure>> RunAsync(string name, TimeSpan betweenCuts)
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        using var blocks = await BlockTimes.StartAsync(chain.WebSocketUrl);
        using var relay = new TcpRelay(chain.RpcUrl.Port);
        var deal = await chain.CreateDealAsync("soak", DevnetChain.CategoryXs, Volume);

        // With this interval, all updates but the last come from announcements.
        using var watch = new WatchProcess($"ws://127.0.0.1:{relay.Port}", $"-DealId {deal.DealId} -Detailed -PollingIntervalSec 3600");
        await watch.WaitForAsync(Volume);
        var cuts = 0;
        await using (new Timer(_ => Interlocked.Add(ref cuts, relay.Cut()), null, betweenCuts, betweenCuts))
        {
            await new DevnetWorkforce(chain, deal, Seed).RunAsync(duration);
            await watch.FinishAsync();
        }

        var latencies = blocks.Latencies(watch.Updates.Skip(Volume));
        return
        [
            await DealComparison.CompareAsync(string.Create(CultureInfo.InvariantCulture, $"{name}, {duration.TotalMinutes:0.#} min, {cuts} cuts"), chain, deal, watch.Updates),
            new Figure(
                $"{name}: from the block to the update",
                $"median {Timing.Text(latencies[latencies.Count / 2])}, worst {Timing.Text(latencies[^1])}",
                cuts == 0 ? "worst ≤ 0.25 s" : "–",
                cuts > 0 || latencies[^1] <= MostLatency),
        ];
    }
}
