using System;
using System.Linq;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Hosting;
using IExec.Tasks.CmdletTests.Commands;

namespace IExec.Tasks.CmdletTests.Claims;

/// <summary>The node or the connection fails at each step: there is never a second transaction, and the hash is always shown.</summary>
public sealed class ClaimFaultTests : IAsyncLifetime
{
    private static readonly ScriptedReply Unavailable = ScriptedReply.WithStatus(HttpStatusCode.ServiceUnavailable);
    private static readonly ScriptedReply Reset = new() { Reset = true };
    private DevnetChain _chain = null!;
    private RpcProxy _proxy = null!;
    private long _before;

    private DevnetAccount Requester => _chain.State.Accounts.Requester;

    private DevnetTask Task => _chain.State.Tasks["claimable0"];

    public async Task InitializeAsync()
    {
        _chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum, new DevnetOptions { BaseFeePerGas = 100_000_000 });
        _proxy = await RpcProxy.StartAsync(_chain.RpcUrl);
        _before = await _chain.CountTransactionsAsync(Requester);
    }

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _chain.DisposeAsync();
    }

    [Fact]
    public async Task A_send_that_did_not_reach_the_node_is_repeated()
    {
        using var host = Connect("-MaximumRetryCount 0");
        AnswerOnce("eth_sendRawTransaction", Reset, passOn: false);

        var claim = Assert.Single(Claim(host).As<IExecTaskClaim>());

        Assert.Equal(2, _proxy.SentTransactions().Length);
        Assert.Single(_proxy.SentTransactions().Distinct());
        Assert.Equal(1, await CountSentAsync());
        Assert.Equal(4, (await RawTask.ReadAsync(_chain, claim.TaskId)).Status);
    }

    [Fact]
    public async Task A_node_that_knows_the_transaction_already_has_it()
    {
        using var host = Connect();
        AnswerOnce("eth_sendRawTransaction", "already known");

        Assert.Single(Claim(host).As<IExecTaskClaim>());

        Assert.Equal(1, await CountSentAsync());
    }

    [Fact]
    public async Task A_rejection_of_a_transaction_that_the_node_already_has_is_ignored()
    {
        using var host = Connect();
        AnswerOnce("eth_sendRawTransaction", "nonce too low");

        Assert.Single(Claim(host).As<IExecTaskClaim>());

        Assert.Equal(1, await CountSentAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_node_that_is_gone_after_the_send_leaves_the_hash(bool answersTheSend)
    {
        using var host = Connect("-MaximumRetryCount 0");
        var isGone = false;
        _proxy.Intercept = request =>
        {
            if (isGone)
                return Unavailable;
            isGone = ClaimChain.Method(request) is "eth_sendRawTransaction";
            if (!isGone || answersTheSend)
                return null;
            _proxy.Forward(request);
            return Reset;
        };

        var result = Claim(host, "-TimeoutSec 1");

        Assert.Equal("ClaimNotConfirmed", result.SingleErrorId());
        await AssertHashOfTheClaimAsync(result);
    }

    [Fact]
    public async Task A_node_held_account_loses_no_claim_when_the_answer_is_lost()
    {
        using var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {_proxy.Server.Url} -MaximumRetryCount 0").ThrowOnError();
        AnswerOnce("eth_sendTransaction", Reset, passOn: true);

        var claim = Assert.Single(Claim(host, $"-From {Requester.Address}").As<IExecTaskClaim>());

        Assert.Equal(1, await CountSentAsync());
        Assert.Equal(Requester.Address, (await _chain.GetTransactionAsync(claim.TransactionHash))["from"]!.GetValue<string>(), ignoreCase: true);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("""{"transactions":[]}""")]
    public async Task A_claim_that_one_search_misses_is_found_by_the_next(string block)
    {
        using var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {_proxy.Server.Url} -MaximumRetryCount 0").ThrowOnError();
        var (isSent, looks) = (false, 0);
        _proxy.Intercept = request =>
        {
            switch (ClaimChain.Method(request))
            {
                case "eth_sendTransaction" when !isSent:
                    isSent = true;
                    _proxy.Forward(request);
                    return Reset;
                case "eth_getBlockByNumber" when request["params"]![1]!.GetValue<bool>() && looks++ == 0:
                    return RpcProxy.Answer(request, "result", JsonNode.Parse(block));
                default:
                    return null;
            }
        };

        Assert.Single(Claim(host, $"-From {Requester.Address}").As<IExecTaskClaim>());

        Assert.Equal((1, 2), (await CountSentAsync(), looks));
    }

    [Fact]
    public async Task A_node_that_shows_new_blocks_late_does_not_make_a_claim_a_replaced_one()
    {
        const int lateLooks = 3;
        using var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {_proxy.Server.Url} -MaximumRetryCount 0").ThrowOnError();
        var head = JsonNode.Parse((await _chain.SendAsync("eth_getBlockByNumber", "latest", false)).GetRawText());
        var (isSent, counts, heads) = (false, 0, 0);
        _proxy.Intercept = request =>
        {
            var parameters = request["params"]!.AsArray().Select(parameter => parameter!.ToJsonString().Trim('"')).ToList();
            switch (ClaimChain.Method(request))
            {
                case "eth_sendTransaction" when !isSent:
                    isSent = true;
                    _proxy.Forward(request);
                    return Reset;
                case "eth_getTransactionCount" when isSent && parameters[1] == "latest" && counts++ < lateLooks:
                    return RpcProxy.Answer(request, "result", $"0x{_before:x}");
                case "eth_getBlockByNumber" when isSent && parameters[0] == "latest" && heads++ < lateLooks:
                    return RpcProxy.Answer(request, "result", head);
                default:
                    return null;
            }
        };

        Assert.Single(Claim(host, $"-From {Requester.Address}").As<IExecTaskClaim>());

        Assert.Equal(1, await CountSentAsync());
        Assert.True(counts > lateLooks && heads > lateLooks);
    }

    private PowerShellHost Connect(string parameters = "") => _chain.ConnectAs(Requester, url: _proxy.Server.Url, parameters: parameters);

    private InvocationResult Claim(PowerShellHost host, string parameters = "") => host.Invoke($"Invoke-IExecTaskClaim {Task.TaskId} -Force {parameters}");

    private async Task<long> CountSentAsync() => await _chain.CountTransactionsAsync(Requester) - _before;

    private async Task AssertHashOfTheClaimAsync(InvocationResult result)
    {
        Assert.Equal(1, await CountSentAsync());
        var block = JsonNode.Parse((await _chain.SendAsync("eth_getBlockByNumber", "latest", false)).GetRawText())!;
        Assert.Contains(block["transactions"]![0]!.GetValue<string>(), result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    private void AnswerOnce(string method, string error) =>
        AnswerOnce(method, request => RpcProxy.Answer(request, "error", new JsonObject { ["code"] = -32000, ["message"] = error }), passOn: true);

    private void AnswerOnce(string method, ScriptedReply reply, bool passOn) => AnswerOnce(method, _ => reply, passOn);

    /// <summary>Replies to the first request of a kind, with or without forwarding it to the node.</summary>
    private void AnswerOnce(string method, Func<JsonNode, ScriptedReply> answer, bool passOn)
    {
        var happened = false;
        _proxy.Intercept = request =>
        {
            if (happened || ClaimChain.Method(request) != method)
                return null;
            happened = true;
            if (passOn)
                _proxy.Forward(request);
            return answer(request);
        };
    }
}
