using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.CmdletTests.Watching;

/// <summary>Watches tasks while workers and scheduler process them.</summary>
public sealed class WatchIExecTaskTests
{
    private static readonly TimeSpan PastRevealDeadline = TimeSpan.FromMinutes(11);
    private static readonly TimeSpan PastFinalDeadline = TimeSpan.FromMinutes(50);

    public static TheoryData<DevnetProfile> Profiles => [DevnetProfile.Arbitrum, DevnetProfile.Bellecour];

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Emits_every_change_of_status_in_the_chains_order(DevnetProfile profile)
    {
        await using var chain = await DevnetChain.StartAsync(profile);
        using var host = chain.Connect();
        var deal = await chain.CreateDealAsync("watched", DevnetChain.CategoryXs, volume: 3);
        await chain.InitializeAsync(deal.DealId, 0);
        await chain.InitializeAsync(deal.DealId, 1);

        using var watch = host.Start($"Watch-IExecTask -DealId {deal.DealId} -PollingIntervalSec 0.2");
        watch.WaitForOutput(3);
        await ReopenAndCompleteAsync(chain, deal.Tasks[0]);
        await chain.InitializeAsync(deal.DealId, 2);
        await chain.IncreaseTimeAsync(PastFinalDeadline);
        var updates = watch.Wait().As<IExecTaskUpdate>();

        Assert.Equal(
            ["TASK_UPDATED Active", "TASK_UPDATED Revealing", "TASK_UPDATED Active", "TASK_UPDATED Revealing", "TASK_COMPLETED Completed"],
            Describe(updates, deal.Tasks[0]));
        Assert.Equal(["TASK_UPDATED Active", "TASK_TIMEDOUT Timeout"], Describe(updates, deal.Tasks[1]));
        Assert.Equal(["TASK_UPDATED Unset", "TASK_UPDATED Active", "TASK_TIMEDOUT Timeout"], Describe(updates, deal.Tasks[2]));

        await chain.ClaimAsync(deal.Tasks[1].TaskId);
        Assert.Equal("TASK_FAILED", Assert.Single(host.Invoke($"Watch-IExecTask {deal.Tasks[1].TaskId}").As<IExecTaskUpdate>()).Message);
    }

    private static async Task ReopenAndCompleteAsync(DevnetChain chain, DevnetTask task)
    {
        await chain.ContributeAsync(task.TaskId, task.Digest);
        await chain.IncreaseTimeAsync(PastRevealDeadline);
        await chain.ReopenAsync(task.TaskId);
        await chain.ContributeAsync(task.TaskId, task.Digest, chain.State.Accounts.Worker2);
        await chain.RevealAsync(task.TaskId, task.Digest, chain.State.Accounts.Worker2);
        await chain.FinalizeAsync(task.TaskId, """{ "storage": "ipfs", "location": "/ipfs/QmWatched" }""");
    }

    private static IEnumerable<string> Describe(IEnumerable<IExecTaskUpdate> updates, DevnetTask task) =>
        updates.Where(update => update.TaskId == task.TaskId).Select(update => $"{update.Message} {update.Status}");
}
