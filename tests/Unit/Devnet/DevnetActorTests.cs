using System;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.UnitTests.Devnet;

[Trait("Category", "Slow")]
public sealed class DevnetActorTests
{
    private static readonly string Digest = "0x" + new string('7', 64);

    [Theory]
    [InlineData(DevnetProfile.Bellecour)]
    [InlineData(DevnetProfile.Arbitrum)]
    public async Task Drives_a_new_task_through_a_reopening_to_its_end(DevnetProfile profile)
    {
        await using var chain = await DevnetChain.StartAsync(profile);
        var deal = await chain.CreateDealAsync("reopened", DevnetChain.CategoryXs, volume: 2, workerpoolPrice: 100);
        var taskId = deal.Tasks[1].TaskId;

        await chain.InitializeAsync(deal.DealId, 1);
        Assert.Equal(1, await chain.GetStatusAsync(taskId));
        await chain.ContributeAsync(taskId, Digest);
        Assert.Equal(2, await chain.GetStatusAsync(taskId));
        await chain.IncreaseTimeAsync(TimeSpan.FromMinutes(10));
        await chain.ReopenAsync(taskId);
        Assert.Equal(1, await chain.GetStatusAsync(taskId));
        await chain.ContributeAsync(taskId, Digest, chain.State.Accounts.Worker2);
        await chain.RevealAsync(taskId, Digest, chain.State.Accounts.Worker2);
        Assert.Equal(1, await chain.GetRevealCounterAsync(taskId));
        await chain.FinalizeAsync(taskId, """{ "storage": "ipfs", "location": "/ipfs/Qm" }""");

        Assert.Equal(3, await chain.GetStatusAsync(taskId));
    }

    [Fact]
    public async Task Claims_a_task_after_its_final_deadline_and_not_before()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum, new DevnetOptions { BaseFeePerGas = 1_000_000_000 });
        var task = (await chain.CreateDealAsync("late", DevnetChain.CategoryXs)).Tasks[0];
        await chain.InitializeAsync(task.DealId, task.Index);

        await Assert.ThrowsAsync<InvalidOperationException>(() => chain.ClaimAsync(task.TaskId));
        await chain.IncreaseTimeAsync(TimeSpan.FromMinutes(50));
        await chain.ClaimAsync(task.TaskId);

        Assert.Equal(4, await chain.GetStatusAsync(task.TaskId));
    }

    [Fact]
    public async Task Goes_back_to_a_snapshot()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Bellecour);
        var taskId = chain.State.Tasks["live0"].TaskId;
        var snapshot = await chain.SnapshotAsync();

        await chain.ContributeAsync(taskId, Digest);
        Assert.Equal(2, await chain.GetStatusAsync(taskId));
        await chain.RevertAsync(snapshot);

        Assert.Equal(1, await chain.GetStatusAsync(taskId));
    }

    [Fact]
    public async Task Publishes_a_workerpool_API_in_ENS()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Bellecour);
        var node = chain.State.Workerpools["main"].EnsNode!;
        const string TextOfKey = "0x59d1d43c"; // text(bytes32,string)
        var key = "0000000000000000000000000000000000000000000000000000000000000040"
            + "0000000000000000000000000000000000000000000000000000000000000018"
            + Convert.ToHexString("iexec:workerpool-api:url"u8) + "0000000000000000";

        await chain.SetWorkerpoolApiUrlAsync("main", "http://127.0.0.1:4321");
        var text = await chain.SendAsync("eth_call", new { to = chain.State.Contracts.EnsPublicResolver, data = TextOfKey + node[2..] + key }, "latest");

        Assert.Contains(Convert.ToHexStringLower("http://127.0.0.1:4321"u8), text.GetString()!, StringComparison.Ordinal);
    }
}
