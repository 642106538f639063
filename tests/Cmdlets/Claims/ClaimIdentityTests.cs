using System;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Hosting;
using IExec.Tasks.CmdletTests.Commands;

namespace IExec.Tasks.CmdletTests.Claims;

/// <summary>A node answers with another receipt, transaction, block or log than the one that was asked for: none of them counts.</summary>
public sealed class ClaimIdentityTests : IAsyncLifetime
{
    private DevnetChain _chain = null!;
    private RpcProxy _proxy = null!;

    private DevnetAccount Requester => _chain.State.Accounts.Requester;

    private string TaskId => _chain.State.Tasks["claimable0"].TaskId;

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

    [Fact]
    public async Task The_receipt_of_someone_elses_claim_of_the_task_does_not_verify_ours()
    {
        var other = await _chain.ClaimAsync(_chain.State.Tasks["claimable1"].TaskId);
        var receipt = JsonNode.Parse(other.GetRawText())!;
        receipt["logs"] = JsonNode.Parse(receipt["logs"]!.ToJsonString().Replace(_chain.State.Tasks["claimable1"].TaskId, TaskId, StringComparison.Ordinal));
        Swallow(request => ClaimChain.Method(request) is "eth_getTransactionReceipt" ? receipt : null);

        var result = Claim("-TimeoutSec 1");

        Assert.Equal("ClaimNotConfirmed", result.SingleErrorId());
        Assert.Contains("is that of another one", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(1, (await RawTask.ReadAsync(_chain, TaskId)).Status);
    }

    [Fact]
    public async Task Events_of_another_transaction_in_the_receipt_do_not_verify_a_claim()
    {
        var other = (await _chain.ClaimAsync(_chain.State.Tasks["claimable1"].TaskId)).GetProperty("transactionHash").GetString();
        Intercept("eth_getTransactionReceipt", request =>
        {
            var receipt = Forward(request);
            foreach (var log in receipt?["logs"]?.AsArray() ?? [])
                log!["transactionHash"] = other;
            return receipt;
        });

        var result = Claim("-TimeoutSec 1");

        Assert.Equal("ClaimNotConfirmed", result.SingleErrorId());
    }

    [Fact]
    public async Task A_wrong_receipt_is_read_again()
    {
        var other = JsonNode.Parse((await _chain.ClaimAsync(_chain.State.Tasks["claimable1"].TaskId)).GetRawText());
        var looks = 0;
        Intercept("eth_getTransactionReceipt", request => looks++ == 0 ? other : Forward(request));

        var claim = Assert.Single(Claim().As<IExecTaskClaim>());

        Assert.NotEqual(other!["transactionHash"]!.GetValue<string>(), claim.TransactionHash);
        Assert.True(looks > 1);
    }

    [Fact]
    public async Task Another_transaction_is_not_taken_for_the_pending_one()
    {
        var other = (await _chain.ClaimAsync(_chain.State.Tasks["claimable1"].TaskId)).GetProperty("transactionHash").GetString()!;
        var transaction = await _chain.GetTransactionAsync(other);
        Swallow(request => ClaimChain.Method(request) is "eth_getTransactionByHash" ? transaction : null);

        var result = Claim("-TimeoutSec 1");

        Assert.Equal("ClaimNotConfirmed", result.SingleErrorId());
        Assert.Contains($"is transaction {other}", result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_block_than_the_one_asked_for_does_not_show_that_a_transaction_was_replaced()
    {
        using var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {_proxy.Server.Url} -MaximumRetryCount 0").ThrowOnError();
        var isSent = false;
        _proxy.Intercept = request =>
        {
            switch (ClaimChain.Method(request))
            {
                case "eth_sendTransaction" when !isSent:
                    isSent = true;
                    _proxy.Forward(request);
                    return new ScriptedReply { Reset = true };
                case "eth_getBlockByNumber" when request["params"]![1]!.GetValue<bool>():
                    request["params"]![0] = "0x1";
                    return _proxy.Forward(request);
                default:
                    return null;
            }
        };

        var result = host.Invoke($"Invoke-IExecTaskClaim {TaskId} -Force -From {Requester.Address} -TimeoutSec 3");

        Assert.Equal("ClaimNotConfirmed", result.SingleErrorId());
        Assert.DoesNotContain("replaced", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("is not that block", result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_says_that_it_took_another_transaction_is_not_believed()
    {
        var other = (await _chain.ClaimAsync(_chain.State.Tasks["claimable1"].TaskId)).GetProperty("transactionHash").GetString()!;
        Intercept("eth_sendRawTransaction", request =>
        {
            _proxy.Forward(request);
            return other;
        });

        var result = Claim("-Verbose");

        Assert.NotEqual(other, Assert.Single(result.As<IExecTaskClaim>()).TransactionHash);
        Assert.Contains(result.Verbose, message => message.Contains(other, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_log_of_another_task_does_not_tell_who_claimed_this_one()
    {
        var other = await _chain.ClaimAsync(_chain.State.Tasks["claimable1"].TaskId);
        var isLost = false;
        _proxy.Intercept = request =>
        {
            switch (ClaimChain.Method(request))
            {
                case "eth_sendRawTransaction" when !isLost:
                    isLost = true;
                    Task.Run(() => _chain.ClaimAsync(TaskId)).GetAwaiter().GetResult();
                    return null;
                case "eth_getLogs":
                    return RpcProxy.Answer(request, "result", JsonNode.Parse(other.GetProperty("logs").GetRawText()));
                default:
                    return null;
            }
        };

        var warning = Claim().Warnings[^1];

        Assert.Contains($"Task {TaskId} was claimed in the meantime by another wallet.", warning, StringComparison.Ordinal);
    }

    private InvocationResult Claim(string parameters = "")
    {
        using var host = _chain.ConnectAs(Requester, url: _proxy.Server.Url, parameters: "-MaximumRetryCount 0");
        return host.Invoke($"Invoke-IExecTaskClaim {TaskId} -Force {parameters}");
    }

    /// <summary>Accepts transactions without sending them; other requests get these replies.</summary>
    private void Swallow(Func<JsonNode, JsonNode?> answer) => _proxy.Intercept = request => ClaimChain.Method(request) is "eth_sendRawTransaction"
        ? new ScriptedReply { Reset = true }
        : answer(request) is { } result ? RpcProxy.Answer(request, "result", result) : null;

    private void Intercept(string method, Func<JsonNode, JsonNode?> answer) =>
        _proxy.Intercept = request => ClaimChain.Method(request) == method ? RpcProxy.Answer(request, "result", answer(request)) : null;

    private JsonNode? Forward(JsonNode request) => JsonNode.Parse(_proxy.Forward(request).Body)!["result"]?.DeepClone();
}
