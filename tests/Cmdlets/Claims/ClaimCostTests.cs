using System;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using IExec.Tasks.Fakes;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Claims;

/// <summary>The cost of a claim that a user sees, and its limit.</summary>
public sealed class ClaimCostTests : FeeTestBase
{
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
        Assert.Empty(Proxy.SentTransactions());
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
    public void The_base_fee_of_a_node_is_limited_too()
    {
        Proxy.Intercept = request =>
        {
            if (ClaimChain.Method(request) is not "eth_getBlockByNumber")
                return null;
            var block = JsonNode.Parse(Proxy.Forward(request).Body)!["result"]!.DeepClone().AsObject();
            block["baseFeePerGas"] = "0x2386f26fc10000";
            return RpcProxy.Answer(request, "result", block);
        };

        Assert.Equal("FeeTooHigh", Claim("").SingleErrorId());
        Assert.Empty(Proxy.SentTransactions());
    }

    [Fact]
    public void The_limit_holds_for_all_transactions_of_a_command_together()
    {
        AnswerFees(History("0x174876e800", "0x174876e800", "0x174876e800"), suggestion: "0x1"); // 10^11 wei per gas
        using var host = Chain.ConnectAs(Requester, url: Proxy.Server.Url);
        string[] initialized = [.. Enumerable.Range(0, 2).Select(i => Chain.State.Tasks[$"claimable{i}"].TaskId)];

        var one = host.Invoke("param($ids) Invoke-IExecTaskClaim $ids[0] -Force -WhatIf -Verbose", ("ids", initialized));
        var most = decimal.Parse(
            Regex.Match(one.Verbose.Single(line => line.Contains("refunds", StringComparison.Ordinal)), "costs at most (?<most>[0-9.]+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["most"].Value, CultureInfo.InvariantCulture);
        var result = host.Invoke("param($ids, $most) Invoke-IExecTaskClaim $ids -Force -MaximumCost $most", ("ids", initialized), ("most", most));

        Assert.Equal("FeeTooHigh", result.SingleErrorId());
        Assert.Empty(Proxy.SentTransactions());
    }

    [Fact]
    public void WhatIf_the_prompt_and_Verbose_show_the_cost_and_the_refund()
    {
        const string Cost = @"Gas costs at most 0\.\d+ ETH";
        using var host = Chain.ConnectAs(Requester, new HostOptions { Choices = [1] }, Proxy.Server.Url);

        var shown = host.Invoke($"Invoke-IExecTaskClaim {TaskId} -WhatIf -Verbose");
        var asked = host.Invoke($"Invoke-IExecTaskClaim {TaskId}");

        Assert.Matches($@"Claim task {TaskId}, refund [0-9.]+ RLC to 0x\w+\. {Cost}\.", shown.HostText);
        Assert.Contains(shown.Verbose, line => Regex.IsMatch(line, $@"The claim of 1 task refunds [0-9.]+ RLC\. {Cost}: 1 transaction, \d+ gas, ", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Matches($@"refund [0-9.]+ RLC to 0x\w+\? {Cost}\. The transaction cannot be undone\.", Assert.Single(asked.Prompts));
    }

    [Fact]
    public void A_refund_of_less_than_it_costs_is_warned_about_before_it_is_paid()
    {
        using var host = Chain.ConnectAs(Requester, url: Proxy.Server.Url);

        var nothing = host.Invoke($"Invoke-IExecTaskClaim -DealId {Chain.State.Deals["bagTimeout"].DealId} -WhatIf");
        var something = host.Invoke($"Invoke-IExecTaskClaim -DealId {Chain.State.Deals["sponsored"].DealId} -WhatIf");

        Assert.Contains("refunds 0 RLC, less than it can cost. Gas costs at most ", Assert.Single(nothing.Warnings), StringComparison.Ordinal);
        Assert.Empty(something.Warnings);
    }

    [Fact]
    public async Task An_account_that_cannot_pay_gets_an_error_with_its_balance_and_the_cost()
    {
        await Chain.SendAsync("anvil_setBalance", Requester.Address, "0x5af3107a4000"); // 0.0001

        var result = Claim("-MaxFeePerGas 900000000000");

        Assert.Equal("FundsInsufficient", result.SingleErrorId());
        Assert.Equal(TaskId, result.Errors[0].TargetObject);
        Assert.Contains("holds 0.0001 ETH; the transaction may cost up to ", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains(Requester.Address, result.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Proxy.SentTransactions());
    }
}
