using System.Text.Json.Nodes;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.CmdletTests.Claims;

/// <summary>The fee of a claim.</summary>
public sealed class ClaimFeeTests : FeeTestBase
{
    private const long Priority = 7_000_000;

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
    public async Task Without_fee_history_the_nodes_suggestion_is_used_up_to_the_base_fee(string suggestion, long priority)
    {
        AnswerFees(history: null, suggestion);
        var baseFee = await BaseFeeAsync();

        await AssertPaidAsync("", type: 2, max: (2 * baseFee) + priority, priority);
    }

    [Theory]
    [InlineData("-MaxFeePerGas 900000000", 2, 900_000_000L, Priority)]
    [InlineData("-MaxPriorityFeePerGas 5", 2, null, 5L)]
    [InlineData("-MaxFeePerGas 900000000 -MaxPriorityFeePerGas 5", 2, 900_000_000L, 5L)]
    [InlineData("-GasPrice 900000000", 0, 900_000_000L, null)]
    public async Task The_users_fee_is_used(string parameters, int type, long? max, long? priority)
    {
        AnswerFees(History("0x6acfc0"), suggestion: "0x1");
        var baseFee = await BaseFeeAsync();

        await AssertPaidAsync(parameters, type, max ?? (2 * baseFee) + priority!.Value, priority);
    }

    [Fact]
    public async Task A_chain_without_a_base_fee_gets_a_legacy_transaction()
    {
        Proxy.Intercept = request =>
        {
            switch (ClaimChain.Method(request))
            {
                case "eth_gasPrice": return RpcProxy.Answer(request, "result", "0x3b9aca00");
                case "eth_getBlockByNumber":
                    var block = JsonNode.Parse(Proxy.Forward(request).Body)!["result"]!.DeepClone().AsObject();
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
    [InlineData("-GasPrice 1 -MaxFeePerGas 1")]
    [InlineData("-GasPrice 1 -MaxPriorityFeePerGas 1")]
    [InlineData("-MaxFeePerGas 1 -MaxPriorityFeePerGas 2")]
    public void Fee_parameters_that_cannot_be_combined_are_rejected(string parameters) =>
        Assert.Equal("AmbiguousParameterSet", Claim(parameters).SingleErrorId());

    private async Task AssertPaidAsync(string parameters, int type, long max, long? priority)
    {
        var claim = Assert.Single(Claim(parameters).As<IExecTaskClaim>());
        var transaction = await Chain.GetTransactionAsync(claim.TransactionHash);
        Assert.Equal(type, ClaimChain.Number(transaction["type"]!.GetValue<string>()));
        Assert.Equal(max, ClaimChain.Number(transaction[type == 0 ? "gasPrice" : "maxFeePerGas"]!.GetValue<string>()));
        if (priority is not null)
            Assert.Equal(priority, ClaimChain.Number(transaction["maxPriorityFeePerGas"]!.GetValue<string>()));
    }
}
