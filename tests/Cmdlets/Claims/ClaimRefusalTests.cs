using System;
using System.Linq;
using System.Threading.Tasks;

namespace IExec.Tasks.CmdletTests.Claims;

/// <summary>What becomes of a claim that the node refuses: for its fee, its gas, or what the node says.</summary>
public sealed class ClaimRefusalTests : FeeTestBase
{
    [Theory]
    [InlineData("-MaxFeePerGas 1", "below the chain's base fee")]
    [InlineData("-GasPrice 99", "below the chain's base fee")]
    public void A_fee_below_the_base_fee_is_an_error_before_anything_is_sent(string parameters, string message)
    {
        var result = Claim(parameters);

        Assert.Equal("RpcError", result.SingleErrorId());
        Assert.Contains(message, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("-MaxFeePerGas", result.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Proxy.SentTransactions());
    }

    [Theory]
    [InlineData("transaction underpriced", "RpcError")]
    [InlineData("insufficient funds for gas * price + value", "FundsInsufficient")]
    [InlineData("exceeds block gas limit", "RpcError")]
    public void A_rejected_transaction_is_an_error_with_the_nodes_message_and_the_hash(string refusal, string errorId)
    {
        Fail("eth_sendRawTransaction", refusal);

        var result = Claim("");

        Assert.Equal(errorId, result.SingleErrorId());
        Assert.Contains(refusal, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Matches("0x[0-9a-f]{64}", result.Errors[0].ToString());
        Assert.Single(Proxy.SentTransactions());
    }

    [Fact]
    public async Task A_base_fee_that_rose_since_the_quote_is_quoted_again()
    {
        var hasRisen = false;
        Proxy.Intercept = request =>
        {
            if (hasRisen || ClaimChain.Method(request) is not "eth_sendRawTransaction")
                return null;
            hasRisen = true;
            Task.Run(() => RaiseBaseFeeAsync(100)).GetAwaiter().GetResult();
            return null;
        };

        var result = Claim("-Verbose");

        Assert.Equal(TaskId, Assert.Single(result.As<IExecTaskClaim>()).TaskId);
        Assert.Equal(2, Proxy.SentTransactions().Distinct().Count());
        Assert.Contains(result.Verbose, message => message.Contains("base fee rose", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", 3, "base fee rose")]
    [InlineData("-MaxFeePerGas 900000000", 1, "refuses transaction")]
    [InlineData("-GasPrice 900000000", 1, "refuses transaction")]
    public void A_base_fee_that_keeps_rising_is_an_error_and_the_users_fee_is_never_raised(string parameters, int transactions, string message)
    {
        const string Refusal = "max fee per gas less than block base fee: address 0x00, maxFeePerGas: 1, baseFee: 2";
        Fail("eth_sendRawTransaction", Refusal);

        var result = Claim(parameters);

        Assert.Equal("RpcError", result.SingleErrorId());
        Assert.Contains(message, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains(Refusal, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains("-MaxFeePerGas", result.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(transactions, Proxy.SentTransactions().Length);
    }

    [Theory]
    [InlineData("insufficient funds for gas * price + value: have 0 want 21000", "FundsInsufficient")]
    [InlineData("gas required exceeds allowance (50000000)", "RpcError")]
    [InlineData("the gas station is closed", "RpcError")]
    [InlineData("execution reverted", "ClaimReverted")]
    public void Errors_of_estimates_and_dry_runs_get_the_right_error_id(string refusal, string errorId)
    {
        foreach (var method in new[] { "eth_estimateGas", "eth_call" })
        {
            Fail(method, refusal, data: "bd66528a");

            var result = Claim("");

            Assert.Equal(errorId, result.SingleErrorId());
            if (errorId != "ClaimReverted")
                Assert.Contains(refusal, result.AllErrors().Single().ToString(), StringComparison.Ordinal);
            Assert.Empty(Proxy.SentTransactions());
        }
    }

    [Fact]
    public void A_claim_that_needs_more_gas_than_the_node_allows_is_split()
    {
        string[] ids = [.. Enumerable.Range(0, 4).Select(i => Chain.State.Tasks[$"claimable{i}"].TaskId)];
        Proxy.Intercept = request =>
            ClaimChain.Method(request) is "eth_estimateGas" or "eth_call" && ids.Count(id => request.ToJsonString().Contains(id[2..], StringComparison.Ordinal)) > 2
                && request.ToJsonString().Contains("fa055d7e", StringComparison.Ordinal)
                ? Refuse(request, "gas required exceeds allowance (50000000)")
                : null;
        using var host = Chain.ConnectAs(Requester, url: Proxy.Server.Url);

        var claims = host.Invoke("param($ids) $ids | Invoke-IExecTaskClaim -Force", ("ids", ids)).As<IExecTaskClaim>();

        Assert.Equal(ids, claims.Select(claim => claim.TaskId));
        Assert.Equal(2, Proxy.SentTransactions().Length);
    }

    private async Task RaiseBaseFeeAsync(int times)
    {
        await Chain.SendAsync("anvil_setNextBlockBaseFeePerGas", $"0x{times * await BaseFeeAsync():x}");
        await Chain.MineAsync();
    }
}
