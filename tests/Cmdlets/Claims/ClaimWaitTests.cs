using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Claims;

/// <summary>Transactions that wait, get lost or are replaced, on a chain that makes blocks only when it is told to.</summary>
public sealed class ClaimWaitTests : IAsyncLifetime
{
    private const long BaseFee = 100_000_000;
    private DevnetChain _chain = null!;
    private RpcProxy _proxy = null!;

    private DevnetAccount Requester => _chain.State.Accounts.Requester;

    public async Task InitializeAsync()
    {
        _chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum, new DevnetOptions { AutoMine = false, BaseFeePerGas = BaseFee });
        _proxy = await RpcProxy.StartAsync(_chain.RpcUrl);
    }

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _chain.DisposeAsync();
    }

    [Fact]
    public async Task A_transaction_that_stays_pending_is_not_confirmed_and_nothing_is_sent_after_it()
    {
        using var host = Connect();

        var result = host.Invoke($"Invoke-IExecTaskClaim -DealId {_chain.State.Deals["claimMixed"].DealId} -Force -TimeoutSec 1");

        Assert.Equal(["ClaimNotConfirmed", "ClaimNotConfirmed"], result.ErrorIds());
        Assert.Single(_proxy.SentTransactions());
        var hash = await PendingHashAsync();
        Assert.Contains(hash, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("it is pending", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("50 more tasks were not claimed", result.Errors[1].ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(result.Errors[0].ErrorDetails.RecommendedAction);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pending_claim_is_not_sent_again(bool isInitialized)
    {
        var deal = _chain.State.Deals["claimMixed"];
        var task = deal.Tasks.First(task => task.State == "unset" != isInitialized);
        var (waiting, other) = (task.TaskId, _chain.State.Tasks["claimable1"].TaskId);
        using var host = Connect();
        var claim = $"Invoke-IExecTaskClaim -DealId {deal.DealId} -Index {task.Index} -Force -TimeoutSec 1";
        Assert.Equal("ClaimNotConfirmed", host.Invoke(claim).SingleErrorId());
        var hash = await PendingHashAsync();
        var sent = _proxy.SentTransactions().Length;

        var whatIf = host.Invoke(claim + " -WhatIf");
        var again = host.Invoke(claim);
        var both = host.Start($"Get-IExecTask -DealId {deal.DealId} -Index {task.Index} | Invoke-IExecTaskClaim -Force; Invoke-IExecTaskClaim {other} -Force");

        foreach (var result in new[] { whatIf, again })
        {
            Assert.Equal("ClaimNotConfirmed", result.SingleErrorId());
            Assert.Contains($"Transaction {hash} of {Requester.Address} claims task {waiting} already, and is pending", result.Errors[0].ToString(), StringComparison.Ordinal);
            Assert.Contains("Get-IExecTask", result.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        }

        Assert.Equal(sent, _proxy.SentTransactions().Length);
        using (both)
        {
            await WaitForAsync(() => Task.FromResult(_proxy.SentTransactions().Length == sent + 1));
            await _chain.MineAsync();
            Assert.Equal(other, Assert.IsType<IExecTaskClaim>(Assert.Single(both.Wait().Output).BaseObject).TaskId);
        }
    }

    [Fact]
    public async Task Pending_transactions_that_the_node_does_not_show_are_warned_of()
    {
        using var host = Connect();
        Assert.Equal("ClaimNotConfirmed", host.Invoke($"Invoke-IExecTaskClaim {_chain.State.Tasks["claimable0"].TaskId} -Force -TimeoutSec 1").SingleErrorId());
        _proxy.Intercept = request => ClaimChain.Method(request) == "eth_getBlockByNumber" && request["params"]![0]!.GetValue<string>() == "pending"
            ? RpcProxy.Answer(request, "error", new System.Text.Json.Nodes.JsonObject { ["code"] = -32602, ["message"] = "pending is not supported" })
            : null;

        var result = host.Invoke($"Invoke-IExecTaskClaim {_chain.State.Tasks["claimable1"].TaskId} -WhatIf");

        Assert.Contains(result.Warnings, warning => warning.StartsWith($"1 transaction of {Requester.Address} is pending, and the node shows 0 of them", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Waits_for_as_many_confirmations_as_asked_for()
    {
        using var host = Connect();
        _proxy.Intercept = request =>
        {
            if (ClaimChain.Method(request) is "eth_blockNumber" or "eth_getTransactionByHash")
                Mine();
            return null;
        };

        var claim = Assert.Single(host.Invoke($"Invoke-IExecTaskClaim {_chain.State.Tasks["claimable0"].TaskId} -Force -Confirmations 4").As<IExecTaskClaim>());

        var latest = ClaimChain.Number((await _chain.SendAsync("eth_blockNumber")).GetString()!);
        Assert.Equal(claim.BlockNumber + 3, latest);
    }

    [Fact]
    public async Task A_transaction_that_the_node_forgot_is_sent_again_byte_for_byte()
    {
        using var host = Connect();
        using var running = Start(host);
        await WaitForAsync(() => Task.FromResult(_proxy.SentTransactions().Length == 1));
        await _chain.SendAsync("anvil_dropTransaction", await PendingHashAsync());
        await WaitForAsync(() => Task.FromResult(_proxy.SentTransactions().Length == 2));
        await _chain.MineAsync();

        Assert.Single(running.Wait().As<IExecTaskClaim>());
        Assert.Single(_proxy.SentTransactions().Distinct());
    }

    [Fact]
    public async Task A_transaction_that_another_one_replaced_can_never_count()
    {
        using var host = Connect();
        using var running = Start(host);
        var (hash, replacement) = await ReplaceAsync(Requester.Address, "0x");

        var result = running.Wait();

        Assert.Equal("ClaimNotConfirmed", result.SingleErrorId());
        Assert.Contains(hash, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains(replacement, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Single(_proxy.SentTransactions());
    }

    [Fact]
    public async Task The_same_call_with_a_higher_fee_counts_as_the_claim()
    {
        using var host = Connect();
        using var running = Start(host);
        var (_, replacement) = await ReplaceAsync(_chain.State.Contracts.Hub, "0xbd66528a" + _chain.State.Tasks["claimable0"].TaskId[2..]);

        var claim = Assert.Single(running.Wait().As<IExecTaskClaim>());

        Assert.Equal(replacement, claim.TransactionHash);
        Assert.Single(_proxy.SentTransactions());
    }

    private PowerShellHost Connect() => _chain.ConnectAs(Requester, url: _proxy.Server.Url);

    private RunningPipeline Start(PowerShellHost host) => host.Start($"Invoke-IExecTaskClaim {_chain.State.Tasks["claimable0"].TaskId} -Force");

    private void Mine() => Task.Run(() => _chain.MineAsync()).GetAwaiter().GetResult();

    /// <summary>The hash of the requester's transaction that waits; empty when there is none.</summary>
    private async Task<string> PendingHashAsync()
    {
        var pool = (await _chain.SendAsync("txpool_content")).GetProperty("pending");
        return pool.EnumerateObject()
            .Where(account => string.Equals(account.Name, Requester.Address, StringComparison.OrdinalIgnoreCase))
            .SelectMany(account => account.Value.EnumerateObject())
            .Select(transaction => transaction.Value.GetProperty("hash").GetString()!)
            .LastOrDefault("");
    }

    /// <summary>Waits for the claim's transaction, and has another one with its nonce and more money take its place.</summary>
    private async Task<(string Hash, string Replacement)> ReplaceAsync(string to, string data)
    {
        await WaitForAsync(async () => await PendingHashAsync() is { Length: > 0 });
        var hash = await PendingHashAsync();
        var nonce = (await _chain.GetTransactionAsync(hash))["nonce"]!.GetValue<string>();
        var transaction = new { from = Requester.Address, to, data, nonce, gas = "0x7a120", gasPrice = $"0x{100 * BaseFee:x}" };
        var replacement = (await _chain.SendAsync("eth_sendTransaction", transaction)).GetString()!;
        await _chain.MineAsync();
        return (hash, replacement);
    }

    private static async Task WaitForAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await condition())
            await Task.Delay(20, patience.Token);
    }
}
