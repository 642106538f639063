using System;
using System.Linq;
using System.Numerics;
using System.Text;
using System.Threading.Tasks;
using IExec.Tasks.Crypto;
using IExec.Tasks.Devnet;
using IExec.Tasks.Ethereum;
using IExec.Tasks.CmdletTests.Commands;

namespace IExec.Tasks.CmdletTests.Claims;

/// <summary>Claims that are signed elsewhere: by the node, or by another wallet.</summary>
public sealed class ClaimByOthersTests
{
    public static TheoryData<DevnetProfile, long> Chains => new() { { DevnetProfile.Arbitrum, 100_000_000 }, { DevnetProfile.Bellecour, 0 } };

    [Theory]
    [MemberData(nameof(Chains))]
    public async Task An_account_that_the_node_holds_claims_without_a_key_here(DevnetProfile profile, long baseFee)
    {
        await using var chain = await DevnetChain.StartAsync(profile, new DevnetOptions { BaseFeePerGas = baseFee });
        using var host = chain.Connect();
        var deal = chain.State.Deals["sponsored"];

        var claims = host.Invoke($"Invoke-IExecTaskClaim -DealId {deal.DealId} -Force -From {chain.State.Accounts.Anyone.Address.ToLowerInvariant()}").As<IExecTaskClaim>();

        Assert.Equal(4, claims.Count);
        Assert.Equal(chain.State.Accounts.Anyone.Address, (await chain.GetTransactionAsync(claims[0].TransactionHash))["from"]!.GetValue<string>(), ignoreCase: true);
    }

    [Fact]
    public async Task An_account_that_the_node_does_not_hold_is_an_error_of_the_node()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();
        const string Stranger = "0x00000000000000000000000000000000000000aa";
        await chain.SendAsync("anvil_setBalance", Stranger, "0xde0b6b3a7640000");

        var result = host.Invoke($"Invoke-IExecTaskClaim {chain.State.Tasks["claimable0"].TaskId} -Force -From {Stranger}");
        var notAnAddress = host.Invoke($"Invoke-IExecTaskClaim {chain.State.Tasks["claimable0"].TaskId} -Force -From me");

        Assert.Equal("RpcError", result.SingleErrorId());
        Assert.Equal("InvalidAddress", notAnAddress.SingleErrorId());
    }

    [Theory]
    [MemberData(nameof(Chains))]
    public async Task Unsigned_transactions_claim_once_somebody_signs_and_sends_them(DevnetProfile profile, long baseFee)
    {
        await using var chain = await DevnetChain.StartAsync(profile, new DevnetOptions { BaseFeePerGas = baseFee });
        using var host = chain.Connect();
        var (requester, deal) = (chain.State.Accounts.Requester, chain.State.Deals["claimMixed"]);
        var before = await chain.CountTransactionsAsync(requester);

        var drafts = host.Invoke($"Invoke-IExecTaskClaim -DealId {deal.DealId} -From {requester.Address} -AsUnsignedTransaction").As<IExecUnsignedTransaction>();

        Assert.Equal(before, await chain.CountTransactionsAsync(requester));
        Assert.Equal([before, before + 1], drafts.Select(draft => draft.Nonce));
        Assert.Equal(deal.Tasks.Select(task => task.TaskId), drafts.SelectMany(draft => draft.TaskId));
        Assert.All(drafts, draft => Assert.Equal(
            (chain.State.ChainId, requester.Address, chain.State.Contracts.Hub, BigInteger.Zero, 50 * 0.0000011m, profile == DevnetProfile.Bellecour ? 0 : 2),
            (draft.ChainId, draft.From, draft.To, draft.Value, draft.RefundRlc, draft.Type)));
        foreach (var draft in drafts)
            await chain.SendRawAsync(Hex.Encode(Sign(draft, requester)));
        Assert.Equal(before + 2, await chain.CountTransactionsAsync(requester));
        Assert.Equal(4, (await RawTask.ReadAsync(chain, deal.Tasks[0].TaskId)).Status);
        Assert.Equal(4, (await RawTask.ReadAsync(chain, deal.Tasks[99].TaskId)).Status);
    }

    [Fact]
    public async Task Unsigned_transactions_are_for_the_connections_account_unless_another_is_named()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        using var withKey = chain.ConnectAs(chain.State.Accounts.Requester);
        using var without = chain.Connect();
        var command = $"Invoke-IExecTaskClaim {chain.State.Tasks["claimable0"].TaskId} -AsUnsignedTransaction";

        Assert.Equal(chain.State.Accounts.Requester.Address, Assert.Single(withKey.Invoke(command).As<IExecUnsignedTransaction>()).From);
        Assert.Equal("SignerRequired", without.Invoke(command).SingleErrorId());
    }

    [Fact]
    public async Task Unsigned_transactions_show_all_that_a_signer_must_know()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum, new DevnetOptions { BaseFeePerGas = 100_000_000 });
        using var host = chain.ConnectAs(chain.State.Accounts.Requester);

        var text = host.Render($"Invoke-IExecTaskClaim {chain.State.Tasks["claimable0"].TaskId} -AsUnsignedTransaction");

        foreach (var label in new[] { "SigningHash", "ChainId", "Type", "From", "Nonce", "To", "Value", "Gas", "MaxFeePerGas", "MaxPriorityFeePerGas", "Data" })
            Assert.Contains(label, text, StringComparison.Ordinal);
    }

    /// <summary>Signs the hash and builds the transaction from its fields, as a wallet does.</summary>
    private static byte[] Sign(IExecUnsignedTransaction draft, DevnetAccount account)
    {
        using var key = PrivateKey.FromHex(new SecretBytes(Encoding.ASCII.GetBytes(account.PrivateKey)));
        Assert.Equal(draft.SigningHash, Hex.Encode(Keccak256.Hash(Hex.Decode(draft.SigningPayload))));
        var fee = draft.Type == 0 ? TransactionFee.Legacy(draft.GasPrice!.Value) : new TransactionFee(draft.MaxFeePerGas!.Value, draft.MaxPriorityFeePerGas);
        var transaction = new UnsignedTransaction(draft.ChainId, draft.Nonce, fee, draft.Gas, Address.Parse(draft.To), draft.Value, Hex.Decode(draft.Data));
        return transaction.With(key.Sign(Hex.Decode(draft.SigningHash))).Raw;
    }
}
