using System;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.CmdletTests.Watching;

/// <summary>A thousand tasks at once.</summary>
public sealed class WatchThousandTests
{
    private const int Count = 1000;
    private const int CountWorkedOn = 12;
    private static readonly TimeSpan PastFinalDeadline = TimeSpan.FromMinutes(51);

    public static TheoryData<DevnetProfile> Profiles => [DevnetProfile.Arbitrum, DevnetProfile.Bellecour];

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Every_update_of_a_thousand_tasks_is_emitted(DevnetProfile profile)
    {
        await using var chain = await DevnetChain.StartAsync(profile);
        using var host = chain.Connect();
        var deal = await chain.CreateDealAsync("thousand", DevnetChain.CategoryXs, Count);

        using var watch = host.Start($"Watch-IExecTask -DealId {deal.DealId} -Detailed -PollingIntervalSec 0.2");
        watch.WaitForOutput(Count);
        await chain.InitializeAsync(deal.DealId, Enumerable.Range(0, Count));
        foreach (var task in deal.Tasks.Take(CountWorkedOn))
        {
            await chain.ContributeAsync(task.TaskId, task.Digest);
            await chain.RevealAsync(task.TaskId, task.Digest);
            await chain.FinalizeAsync(task.TaskId);
        }

        await chain.IncreaseTimeAsync(PastFinalDeadline);
        var updates = watch.Wait().As<IExecTaskUpdate>();

        await WatchedDeal.AssertAllToldAsync(chain, deal, updates);
        Assert.Equal(CountWorkedOn, updates.Count(update => update.Message == "TASK_COMPLETED"));
        Assert.Equal(Count - CountWorkedOn, updates.Count(update => update.Message == "TASK_TIMEDOUT"));
    }
}
