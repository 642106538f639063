using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.Benchmarks.Watching;

/// <summary>Watches a busy deal through a node whose responses fail at random.</summary>
/// <param name="profile">The chain.</param>
/// <param name="volume">How many tasks.</param>
/// <param name="share">How many of the requests fail, 0 to 1.</param>
/// <param name="pollingInterval">The seconds between two polls.</param>
/// <param name="duration">How long tasks are processed; at most 20 minutes.</param>
internal sealed class FaultySoak(DevnetProfile profile, int volume, double share, double pollingInterval, TimeSpan duration)
{
    private const int Seed = 20_261_124;
    private static readonly TimeSpan PerTask = TimeSpan.FromSeconds(2);

    public async Task<IReadOnlyCollection<Figure>> RunAsync()
    {
        await using var chain = await DevnetChain.StartAsync(profile);
        using var proxy = new FaultyProxy { Target = chain.RpcUrl };
        var faults = new RandomFaults(Seed, share);
        proxy.Intercept = (request, _, reply) => faults.Next(JsonNode.Parse(request.Body)!) ?? reply;
        var deal = await chain.CreateDealAsync("soak", DevnetChain.CategoryXs, volume);
        using var watch = new WatchProcess($"{proxy.Url}", $"-DealId {deal.DealId} -Detailed -PollingIntervalSec {pollingInterval}");
        await watch.WaitForAsync(volume);

        var work = new DevnetWorkforce(chain, deal, Seed, most: (int)(duration / PerTask)).RunAsync(duration);
        var flatness = await Flatness.WatchAsync(watch, duration, work);
        await work;
        await watch.FinishAsync();

        var name = $"{volume:N0} tasks on {profile}, {duration.TotalMinutes:0.#} min, {faults.Count} of {proxy.RequestCount} requests failed";
        return [await DealComparison.CompareAsync(name, chain, deal, watch.Updates), flatness];
    }
}
