using System;
using System.Net.Http;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.UnitTests.Devnet;

[Trait("Category", "Slow")]
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
    public async Task Has_a_fee_market_and_full_blocks_when_asked()
    {
        var options = new DevnetOptions { BaseFeePerGas = 1_000_000_000, BlockGasLimit = 30_000_000 };
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum, options);

        var block = await chain.SendAsync("eth_getBlockByNumber", "latest", false);

        Assert.Equal("0x3b9aca00", block.GetProperty("baseFeePerGas").GetString());
        Assert.Equal("0x1c9c380", block.GetProperty("gasLimit").GetString());
    }

    [Fact]
    public async Task Mines_at_an_interval_when_asked()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Bellecour, new DevnetOptions { BlockTime = TimeSpan.FromSeconds(0.2) });
        var begin = (await chain.SendAsync("eth_blockNumber")).GetString();

        while (string.Equals((await chain.SendAsync("eth_blockNumber")).GetString(), begin, StringComparison.Ordinal))
        {
            await Task.Delay(20);
        }
    }

    [Fact]
    public async Task Pushes_new_blocks_over_a_WebSocket()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Bellecour);
        using var socket = new ClientWebSocket();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await socket.ConnectAsync(chain.WebSocketUrl, patience.Token);
        await socket.SendAsync(
            """{"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["newHeads"]}"""u8.ToArray(),
            WebSocketMessageType.Text, endOfMessage: true, patience.Token);
        var buffer = new byte[16384];
        await socket.ReceiveAsync(buffer, patience.Token); // the subscription's id

        await chain.MineAsync();
        var message = await socket.ReceiveAsync(buffer, patience.Token);

        Assert.Contains("eth_subscription", Encoding.UTF8.GetString(buffer, 0, message.Count), StringComparison.Ordinal);
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
