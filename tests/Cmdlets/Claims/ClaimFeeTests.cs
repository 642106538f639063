using System;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Claims;

/// <summary>What a claim offers for its gas, and what happens when that is too little or the account is empty.</summary>
public sealed class ClaimFeeTests : IAsyncLifetime
{
    private const long BaseFee = 100_000_000;
    private const long Priority = 7_000_000;
    private DevnetChain _chain = null!;
    private RpcProxy _proxy = null!;

    private DevnetAccount Requester => _chain.State.Accounts.Requester;

    private string TaskId => _chain.State.Tasks["claimable0"].TaskId;

    public async Task InitializeAsync()
    {
        _chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum, new DevnetOptions { BaseFeePerGas = BaseFee });
        _proxy = await RpcProxy.StartAsync(_chain.RpcUrl);
    }

    public async Task DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await _chain.DisposeAsync();
    }

    [Fact]
    public async Task Pays_twice_the_base_fee_and_the_median_of_what_the_latest_blocks_paid()
    {
        AnswerFees(History("0x1", "0x6acfc0", "0xffffffffff"), suggestion: "0xffffffffff");
        var baseFee = await BaseFeeAsync();

        await AssertPaidAsync("", type: 2, max: (2 * baseFee) + Priority, Priority);
    }

    [Theory]
    [InlineData("0x6acfc0", Priority)]
    [InlineData("0x2386f26fc10000", BaseFee)] // 10^16 wei per gas, which once was paid
    public async Task A_node_without_a_history_is_believed_up_to_the_base_fee(string suggestion, long priority)
    {
        AnswerFees(history: null, suggestion);
        var baseFee = await BaseFeeAsync();

        await AssertPaidAsync("", type: 2, max: (2 * baseFee) + priority, priority);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-WhatIf")]
    [InlineData("-AsUnsignedTransaction")]
    [InlineData("-MaximumCost 0.5")]
    [InlineData("-MaxFeePerGas 900000000 -MaximumCost 0.000001")]
    public void What_can_cost_more_than_the_limit_is_never_sent(string parameters)
    {
        AnswerFees(History("0x5af3107a4000", "0x5af3107a4000", "0x5af3107a4000"), suggestion: "0x1"); // 10^14 wei per gas

        var result = Claim(parameters);

        Assert.Equal("FeeTooHigh", result.SingleErrorId());
        Assert.Equal(TaskId, result.Errors[0].TargetObject);
        Assert.Contains(" in gas; -MaximumCost allows ", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("-MaximumCost", result.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(_proxy.SentTransactions());
    }

    [Theory]
    [InlineData("-MaximumCost 100")]
    [InlineData("-MaxFeePerGas 2000000000000")]
    [InlineData("-GasPrice 2000000000000")]
    public void What_the_user_allows_or_names_is_paid(string parameters)
    {
        AnswerFees(History("0x5af3107a4000", "0x5af3107a4000", "0x5af3107a4000"), suggestion: "0x1");

        Assert.Equal(TaskId, Assert.Single(Claim(parameters).As<IExecTaskClaim>()).TaskId);
    }

    [Fact]
    public void The_base_fee_that_a_node_tells_is_bounded_too()
    {
        _proxy.Intercept = request =>
        {
            if (ClaimChain.Method(request) is not "eth_getBlockByNumber")
                return null;
            var block = JsonNode.Parse(_proxy.Forward(request).Body)!["result"]!.DeepClone().AsObject();
            block["baseFeePerGas"] = "0x2386f26fc10000";
            return RpcProxy.Answer(request, "result", block);
        };

        Assert.Equal("FeeTooHigh", Claim("").SingleErrorId());
        Assert.Empty(_proxy.SentTransactions());
    }

    [Fact]
    public void The_limit_holds_for_all_transactions_of_a_command_together()
    {
        AnswerFees(History("0x174876e800", "0x174876e800", "0x174876e800"), suggestion: "0x1"); // 10^11 wei per gas
        using var host = _chain.ConnectAs(Requester, url: _proxy.Server.Url);
        string[] initialized = [.. Enumerable.Range(0, 2).Select(i => _chain.State.Tasks[$"claimable{i}"].TaskId)];

        var one = host.Invoke("param($ids) Invoke-IExecTaskClaim $ids[0] -Force -WhatIf -Verbose", ("ids", initialized));
        var most = decimal.Parse(
            Regex.Match(one.Verbose.Single(line => line.Contains("refunds", StringComparison.Ordinal)), "costs at most (?<most>[0-9.]+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["most"].Value, CultureInfo.InvariantCulture);
        var result = host.Invoke("param($ids, $most) Invoke-IExecTaskClaim $ids -Force -MaximumCost $most", ("ids", initialized), ("most", most));

        Assert.Equal("FeeTooHigh", result.SingleErrorId());
        Assert.Empty(_proxy.SentTransactions());
    }

    [Fact]
    public void WhatIf_the_prompt_and_Verbose_tell_the_cost_beside_the_refund()
    {
        const string Cost = @"Gas costs at most 0\.\d+ ETH";
        using var host = _chain.ConnectAs(Requester, new HostOptions { Choices = [1] }, _proxy.Server.Url);

        var shown = host.Invoke($"Invoke-IExecTaskClaim {TaskId} -WhatIf -Verbose");
        var asked = host.Invoke($"Invoke-IExecTaskClaim {TaskId}");

        Assert.Matches($@"Claim task {TaskId}, refund [0-9.]+ RLC to 0x\w+\. {Cost}\.", shown.HostText);
        Assert.Contains(shown.Verbose, line => Regex.IsMatch(line, $@"The claim of 1 task refunds [0-9.]+ RLC\. {Cost}: 1 transaction, \d+ gas, ", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Matches($@"refund [0-9.]+ RLC to 0x\w+\? {Cost}\. The transaction cannot be undone\.", Assert.Single(asked.Prompts));
    }

    [Fact]
    public void A_refund_of_less_than_it_costs_is_warned_about_before_it_is_paid()
    {
        using var host = _chain.ConnectAs(Requester, url: _proxy.Server.Url);

        var nothing = host.Invoke($"Invoke-IExecTaskClaim -DealId {_chain.State.Deals["bagTimeout"].DealId} -WhatIf");
        var something = host.Invoke($"Invoke-IExecTaskClaim -DealId {_chain.State.Deals["sponsored"].DealId} -WhatIf");

        Assert.Contains("refunds 0 RLC, less than it can cost. Gas costs at most ", Assert.Single(nothing.Warnings), StringComparison.Ordinal);
        Assert.Empty(something.Warnings);
    }

    [Theory]
    [InlineData("-MaxFeePerGas 900000000", 2, 900_000_000L, Priority)]
    [InlineData("-MaxPriorityFeePerGas 5", 2, null, 5L)]
    [InlineData("-MaxFeePerGas 900000000 -MaxPriorityFeePerGas 5", 2, 900_000_000L, 5L)]
    [InlineData("-GasPrice 900000000", 0, 900_000_000L, null)]
    public async Task The_users_own_fee_counts(string parameters, int type, long? max, long? priority)
    {
        AnswerFees(History("0x6acfc0"), suggestion: "0x1");
        var baseFee = await BaseFeeAsync();

        await AssertPaidAsync(parameters, type, max ?? (2 * baseFee) + priority!.Value, priority);
    }

    [Fact]
    public async Task A_chain_without_a_base_fee_gets_a_legacy_transaction()
    {
        _proxy.Intercept = request =>
        {
            switch (ClaimChain.Method(request))
            {
                case "eth_gasPrice": return RpcProxy.Answer(request, "result", "0x3b9aca00");
                case "eth_getBlockByNumber":
                    var block = JsonNode.Parse(_proxy.Forward(request).Body)!["result"]!.DeepClone().AsObject();
                    block.Remove("baseFeePerGas");
                    return RpcProxy.Answer(request, "result", block);
                default: return null;
            }
        };

        await AssertPaidAsync("", type: 0, max: 1_000_000_000, null);
    }

    [Fact]
    public async Task A_chain_that_is_free_of_gas_is_free()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Bellecour);
        using var host = chain.ConnectAs(chain.State.Accounts.Requester);
        await chain.SendAsync("anvil_setBalance", chain.State.Accounts.Requester.Address, "0x0");

        var claim = Assert.Single(host.Invoke($"Invoke-IExecTaskClaim {chain.State.Tasks["claimable0"].TaskId} -Force").As<IExecTaskClaim>());

        var transaction = await chain.GetTransactionAsync(claim.TransactionHash);
        Assert.Equal("0x0", transaction["type"]!.GetValue<string>());
        Assert.Equal("0x0", transaction["gasPrice"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("-MaxFeePerGas 1", "below the chain's base fee")]
    [InlineData("-GasPrice 99", "below the chain's base fee")]
    public void A_fee_below_the_base_fee_is_told_before_anything_is_sent(string parameters, string message)
    {
        var result = Claim(parameters);

        Assert.Equal("RpcError", result.SingleErrorId());
        Assert.Contains(message, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("-MaxFeePerGas", result.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(_proxy.SentTransactions());
    }

    [Theory]
    [InlineData("transaction underpriced", "RpcError")]
    [InlineData("insufficient funds for gas * price + value", "FundsInsufficient")]
    [InlineData("exceeds block gas limit", "RpcError")]
    public void What_the_node_refuses_is_told_with_its_words_and_the_hash(string refusal, string errorId)
    {
        Fail("eth_sendRawTransaction", refusal);

        var result = Claim("");

        Assert.Equal(errorId, result.SingleErrorId());
        Assert.Contains(refusal, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Matches("0x[0-9a-f]{64}", result.Errors[0].ToString());
        Assert.Single(_proxy.SentTransactions());
    }

    [Fact]
    public async Task A_base_fee_that_rose_since_the_quote_is_quoted_again()
    {
        var hasRisen = false;
        _proxy.Intercept = request =>
        {
            if (hasRisen || ClaimChain.Method(request) is not "eth_sendRawTransaction")
                return null;
            hasRisen = true;
            Task.Run(() => RaiseBaseFeeAsync(100)).GetAwaiter().GetResult();
            return null;
        };

        var result = Claim("-Verbose");

        Assert.Equal(TaskId, Assert.Single(result.As<IExecTaskClaim>()).TaskId);
        Assert.Equal(2, _proxy.SentTransactions().Distinct().Count());
        Assert.Contains(result.Verbose, message => message.Contains("base fee rose", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", 3, "base fee rose")]
    [InlineData("-MaxFeePerGas 900000000", 1, "refuses transaction")]
    [InlineData("-GasPrice 900000000", 1, "refuses transaction")]
    public void A_fee_that_the_base_fee_always_outruns_is_told_and_the_users_own_is_never_raised(string parameters, int transactions, string message)
    {
        const string Refusal = "max fee per gas less than block base fee: address 0x00, maxFeePerGas: 1, baseFee: 2";
        Fail("eth_sendRawTransaction", Refusal);

        var result = Claim(parameters);

        Assert.Equal("RpcError", result.SingleErrorId());
        Assert.Contains(message, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains(Refusal, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("-MaxFeePerGas", result.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(transactions, _proxy.SentTransactions().Length);
    }

    [Theory]
    [InlineData("insufficient funds for gas * price + value: have 0 want 21000", "FundsInsufficient")]
    [InlineData("gas required exceeds allowance (50000000)", "RpcError")]
    [InlineData("the gas station is closed", "RpcError")]
    [InlineData("execution reverted", "ClaimReverted")]
    public void What_a_node_says_against_an_estimate_or_a_dry_run_is_told_as_what_it_is(string refusal, string errorId)
    {
        foreach (var method in new[] { "eth_estimateGas", "eth_call" })
        {
            Fail(method, refusal, data: "bd66528a");

            var result = Claim("");

            Assert.Equal(errorId, result.SingleErrorId());
            if (errorId != "ClaimReverted")
                Assert.Contains(refusal, result.AllErrors().Single().ToString(), StringComparison.Ordinal);
            Assert.Empty(_proxy.SentTransactions());
        }
    }

    [Fact]
    public void A_claim_that_needs_more_gas_than_the_node_gives_is_made_in_parts()
    {
        string[] ids = [.. Enumerable.Range(0, 4).Select(i => _chain.State.Tasks[$"claimable{i}"].TaskId)];
        _proxy.Intercept = request =>
            ClaimChain.Method(request) is "eth_estimateGas" or "eth_call" && ids.Count(id => request.ToJsonString().Contains(id[2..], StringComparison.Ordinal)) > 2
                && request.ToJsonString().Contains("fa055d7e", StringComparison.Ordinal)
                ? Refuse(request, "gas required exceeds allowance (50000000)")
                : null;
        using var host = _chain.ConnectAs(Requester, url: _proxy.Server.Url);

        var claims = host.Invoke("param($ids) $ids | Invoke-IExecTaskClaim -Force", ("ids", ids)).As<IExecTaskClaim>();

        Assert.Equal(ids, claims.Select(claim => claim.TaskId));
        Assert.Equal(2, _proxy.SentTransactions().Length);
    }

    [Fact]
    public async Task An_account_that_cannot_pay_is_told_what_it_has_and_what_it_needs()
    {
        await _chain.SendAsync("anvil_setBalance", Requester.Address, "0x5af3107a4000"); // 0.0001

        var result = Claim("-MaxFeePerGas 900000000000");

        Assert.Equal("FundsInsufficient", result.SingleErrorId());
        Assert.Equal(TaskId, result.Errors[0].TargetObject);
        Assert.Contains("holds 0.0001 ETH; the transaction may cost up to ", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains(Requester.Address, result.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(_proxy.SentTransactions());
    }

    [Theory]
    [InlineData("-GasPrice 1 -MaxFeePerGas 1")]
    [InlineData("-GasPrice 1 -MaxPriorityFeePerGas 1")]
    [InlineData("-MaxFeePerGas 1 -MaxPriorityFeePerGas 2")]
    public void Fees_that_contradict_each_other_are_refused(string parameters) =>
        Assert.Equal("AmbiguousParameterSet", Claim(parameters).SingleErrorId());

    private InvocationResult Claim(string parameters)
    {
        using var host = _chain.ConnectAs(Requester, url: _proxy.Server.Url);
        return host.Invoke($"Invoke-IExecTaskClaim {TaskId} -Force {parameters}");
    }

    private async Task AssertPaidAsync(string parameters, int type, long max, long? priority)
    {
        var claim = Assert.Single(Claim(parameters).As<IExecTaskClaim>());
        var transaction = await _chain.GetTransactionAsync(claim.TransactionHash);
        Assert.Equal(type, ClaimChain.Number(transaction["type"]!.GetValue<string>()));
        Assert.Equal(max, ClaimChain.Number(transaction[type == 0 ? "gasPrice" : "maxFeePerGas"]!.GetValue<string>()));
        if (priority is not null)
            Assert.Equal(priority, ClaimChain.Number(transaction["maxPriorityFeePerGas"]!.GetValue<string>()));
    }

    private async Task<long> BaseFeeAsync() =>
        ClaimChain.Number((await _chain.SendAsync("eth_getBlockByNumber", "latest", false)).GetProperty("baseFeePerGas").GetString()!);

    private async Task RaiseBaseFeeAsync(int times)
    {
        await _chain.SendAsync("anvil_setNextBlockBaseFeePerGas", $"0x{times * await BaseFeeAsync():x}");
        await _chain.MineAsync();
    }

    /// <summary>Lets the node refuse every request of a kind.</summary>
    private void Fail(string method, string refusal, string data = "") => _proxy.Intercept = request =>
        ClaimChain.Method(request) == method && request.ToJsonString().Contains(data, StringComparison.Ordinal) ? Refuse(request, refusal) : null;

    private static ScriptedReply Refuse(JsonNode request, string refusal) =>
        RpcProxy.Answer(request, "error", new JsonObject { ["code"] = -32000, ["message"] = refusal });

    /// <summary>Lets the node tell what its latest blocks paid, or not know how, and suggest a priority fee.</summary>
    private void AnswerFees(JsonNode? history, string suggestion) => _proxy.Intercept = request => ClaimChain.Method(request) switch
    {
        "eth_feeHistory" when history is null => RpcProxy.Answer(request, "error", new JsonObject { ["code"] = -32601, ["message"] = "the method does not exist" }),
        "eth_feeHistory" => RpcProxy.Answer(request, "result", history.DeepClone()),
        "eth_maxPriorityFeePerGas" => RpcProxy.Answer(request, "result", suggestion),
        _ => null,
    };

    private static JsonObject History(params string[] medians) => new()
    {
        ["oldestBlock"] = "0x1",
        ["gasUsedRatio"] = new JsonArray([.. medians.Select(_ => (JsonNode)0.5)]),
        ["reward"] = new JsonArray([.. medians.Select(median => (JsonNode)new JsonArray(median))]),
    };
}
