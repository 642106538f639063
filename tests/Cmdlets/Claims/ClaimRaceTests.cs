using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Hosting;
using IExec.Tasks.CmdletTests.Commands;

namespace IExec.Tasks.CmdletTests.Claims;

/// <summary>Someone else claims first: another wallet with the same tasks, or another program with the same key.</summary>
public sealed class ClaimRaceTests : IAsyncLifetime
{
    private DevnetChain _chain = null!;
    private RpcProxy _proxy = null!;

    public async Task InitializeAsync()
    {
        _chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        _proxy = await RpcProxy.StartAsync(_chain.RpcUrl);
    }

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _chain.DisposeAsync();
    }

    [Theory]
    [InlineData("eth_call", "fa055d7e", 1)]
    [InlineData("eth_estimateGas", "fa055d7e", 2)]
    [InlineData("eth_sendRawTransaction", "", 2)]
    public async Task Another_wallet_claims_one_of_three_first_and_the_others_are_still_claimed(string step, string data, int transactions)
    {
        string[] ids = [.. Enumerable.Range(0, 3).Select(i => _chain.State.Tasks[$"claimable{i}"].TaskId)];
        var requester = _chain.State.Accounts.Requester;
        using var host = Connect(requester);
        var before = await _chain.CountTransactionsAsync(requester);
        Once(step, data, () => _chain.ClaimAsync(ids[1]));

        var result = host.Invoke("param($ids) $ids | Invoke-IExecTaskClaim -Force", ("ids", ids));

        Assert.Equal([ids[0], ids[2]], result.As<IExecTaskClaim>().Select(claim => claim.TaskId));
        var warning = Assert.Single(result.Warnings, warning => !warning.IsOfSending());
        Assert.Contains(ids[1], warning, StringComparison.Ordinal);
        Assert.Contains(_chain.State.Accounts.Anyone.Address, warning, StringComparison.Ordinal);
        Assert.Equal(transactions, await _chain.CountTransactionsAsync(requester) - before);
    }

    [Theory]
    [InlineData(DevnetProfile.Arbitrum)]
    [InlineData(DevnetProfile.Bellecour)]
    public async Task Two_wallets_claim_the_same_deal_at_once_and_neither_fails(DevnetProfile profile)
    {
        await using var chain = await DevnetChain.StartAsync(profile, new DevnetOptions { BlockTime = TimeSpan.FromSeconds(1) });
        using var one = chain.ConnectAs(chain.State.Accounts.Requester);
        using var two = chain.ConnectAs(chain.State.Accounts.Anyone);
        var deal = chain.State.Deals["claimMixed"];
        var command = $"Invoke-IExecTaskClaim -DealId {deal.DealId} -Force";

        using var first = one.Start(command);
        using var second = two.Start(command);
        var results = new[] { first.Wait(), second.Wait() };

        Assert.Equal(deal.Tasks.Select(task => task.TaskId).Order(), results.SelectMany(result => result.As<IExecTaskClaim>()).Select(claim => claim.TaskId).Order());
        Assert.Equal(100, results.Sum(result => result.Output.Count));
        Assert.Equal(4, (await RawTask.ReadAsync(chain, deal.Tasks[0].TaskId)).Status);
    }

    [Fact]
    public void Runspaces_of_one_process_that_share_a_key_take_its_nonces_in_turn()
    {
        string[] ids = [.. Enumerable.Range(0, 8).Select(i => _chain.State.Tasks[$"claimable{i}"].TaskId)];
        _proxy.Intercept = request =>
        {
            if (ClaimChain.Method(request) is "eth_getTransactionCount")
                Thread.Sleep(50); // long enough for all of them to read the same nonce, if that were possible
            return null;
        };
        var hosts = ids.Select(_ => Connect(_chain.State.Accounts.Requester)).ToList();

        var running = ids.Zip(hosts, (id, host) => host.Start($"Invoke-IExecTaskClaim {id} -Force")).ToList();
        var claims = running.SelectMany(claim => claim.Wait().As<IExecTaskClaim>()).ToList();

        Assert.Equal(ids, claims.Select(claim => claim.TaskId));
        Assert.Equal(ids.Length, _proxy.SentTransactions().Length);
        running.ForEach(claim => claim.Dispose());
        hosts.ForEach(host => host.Dispose());
    }

    [Fact]
    public async Task Another_program_takes_the_nonce_and_the_next_one_is_used()
    {
        var (requester, task) = (_chain.State.Accounts.Requester, _chain.State.Tasks["claimable0"]);
        using var host = Connect(requester);
        Once("eth_sendRawTransaction", "", () => _chain.SendTransactionAsync(requester, requester.Address, "0x"));

        var result = host.Invoke($"Invoke-IExecTaskClaim {task.TaskId} -Force -Verbose");

        Assert.Equal(task.TaskId, Assert.Single(result.As<IExecTaskClaim>()).TaskId);
        Assert.Equal(2, _proxy.SentTransactions().Distinct().Count());
        Assert.Contains(result.Verbose, message => message.Contains("took the nonce", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_program_with_the_same_key_makes_the_same_claim_and_there_is_no_second()
    {
        var (requester, task) = (_chain.State.Accounts.Requester, _chain.State.Tasks["claimable0"]);
        using var host = Connect(requester);
        var before = await _chain.CountTransactionsAsync(requester);
        Once("eth_sendRawTransaction", "", () => _chain.SendTransactionAsync(requester, _chain.State.Contracts.Hub, "0xbd66528a" + task.TaskId[2..]));

        var result = host.Invoke($"Invoke-IExecTaskClaim {task.TaskId} -Force");

        result.ThrowOnError();
        Assert.Empty(result.Output);
        Assert.Contains(requester.Address, Assert.Single(result.Warnings, warning => !warning.IsOfSending()), StringComparison.Ordinal);
        Assert.Equal(1, await _chain.CountTransactionsAsync(requester) - before);
    }

    [Fact]
    public void A_key_that_is_always_in_use_elsewhere_is_an_error_that_says_so()
    {
        var (requester, task) = (_chain.State.Accounts.Requester, _chain.State.Tasks["claimable0"]);
        using var host = Connect(requester);
        _proxy.Intercept = request => ClaimChain.Method(request) is "eth_sendRawTransaction"
            ? RpcProxy.Answer(request, "error", new JsonObject { ["code"] = -32000, ["message"] = "nonce too low" })
            : null;

        var result = host.Invoke($"Invoke-IExecTaskClaim {task.TaskId} -Force");

        Assert.Equal("RpcError", result.SingleErrorId());
        Assert.Contains("took the nonce", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(3, _proxy.SentTransactions().Length);
    }

    private PowerShellHost Connect(DevnetAccount account) => _chain.ConnectAs(account, url: _proxy.Server.Url);

    /// <summary>Runs an action just before the first request of a kind is forwarded to the node.</summary>
    private void Once(string method, string data, Func<Task> action)
    {
        var happened = false;
        _proxy.Intercept = request =>
        {
            if (happened || ClaimChain.Method(request) != method || !request.ToJsonString().Contains(data, StringComparison.Ordinal))
                return null;
            happened = true;
            Task.Run(action).GetAwaiter().GetResult();
            return null;
        };
    }
}
