using System;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.CoreTests.Devnet;

public sealed class DevnetNodeTests
{
    [Fact]
    public async Task Comes_back_after_a_kill_with_its_blocks_at_the_same_port()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        var deal = await chain.CreateDealAsync("before the kill");
        await chain.InitializeAsync(deal.DealId, 0);

        await chain.KillAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => chain.SendAsync("eth_chainId"));
        await chain.RestartAsync();

        Assert.Equal(1, await chain.GetStatusAsync(deal.Tasks[0].TaskId));
    }

    [Fact]
    public async Task Answers_nothing_while_paused()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);

        await chain.PauseAsync();
        var answer = chain.SendAsync("eth_chainId");
        await Assert.ThrowsAsync<TimeoutException>(() => answer.WaitAsync(TimeSpan.FromMilliseconds(300)));
        await chain.ResumeAsync();

        Assert.Equal("0x66eee", (await answer.WaitAsync(TimeSpan.FromMinutes(1))).GetString());
    }

    [Fact]
    public async Task Mines_only_when_told_with_auto_mine_off()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Bellecour, new DevnetOptions { AutoMine = false });
        var from = chain.State.Accounts.Anyone.Address;

        var hash = await chain.SendAsync("eth_sendTransaction", new { from, to = from, gasPrice = "0x0" });
        Assert.Equal(JsonValueKind.Null, (await chain.SendAsync("eth_getTransactionReceipt", hash)).ValueKind);
        await chain.MineAsync();

        Assert.Equal(JsonValueKind.Object, (await chain.SendAsync("eth_getTransactionReceipt", hash)).ValueKind);
    }
}
