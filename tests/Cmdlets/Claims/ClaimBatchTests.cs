using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.CmdletTests.Commands;

namespace IExec.Tasks.CmdletTests.Claims;

/// <summary>Many claims in few transactions, with an invalid task among them.</summary>
public sealed class ClaimBatchTests
{
    public static TheoryData<DevnetProfile> Profiles => [DevnetProfile.Arbitrum, DevnetProfile.Bellecour];

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task A_deal_of_100_of_which_half_are_not_initialised_takes_two_transactions(DevnetProfile profile)
    {
        await using var chain = await DevnetChain.StartAsync(profile);
        using var host = chain.ConnectAs(chain.State.Accounts.Requester);
        var deal = chain.State.Deals["claimMixed"];
        Assert.Equal(100, deal.BotFirst);

        var claims = host.Invoke($"Invoke-IExecTaskClaim -DealId {deal.DealId} -Force").As<IExecTaskClaim>();

        AssertClaimed(deal, claims, mostTransactions: 2);
        Assert.Equal(100 * 0.0000011m, claims.Sum(claim => claim.RefundRlc));
        Assert.Equal(4, (await RawTask.ReadAsync(chain, deal.Tasks[99].TaskId)).Status);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task A_deal_of_1000_is_cut_to_what_fits_a_transaction(DevnetProfile profile)
    {
        await using var chain = await DevnetChain.StartAsync(profile);
        using var host = chain.ConnectAs(chain.State.Accounts.Requester);
        var deal = chain.State.Deals["claimBig"];

        var result = host.Invoke($"Invoke-IExecTaskClaim -DealId {deal.DealId} -Force -Verbose");

        AssertClaimed(deal, result.As<IExecTaskClaim>(), mostTransactions: 9);
        Assert.All(result.As<IExecTaskClaim>(), claim => Assert.InRange(claim.GasUsed, 1, 32_000_000));
    }

    [Fact]
    public async Task The_blocks_gas_limit_is_kept()
    {
        const int BlockGasLimit = 6_000_000;
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Bellecour, new DevnetOptions { BlockGasLimit = BlockGasLimit });
        using var host = chain.ConnectAs(chain.State.Accounts.Requester);
        var deal = chain.State.Deals["claimMixed"];

        var claims = host.Invoke($"Invoke-IExecTaskClaim -DealId {deal.DealId} -Force").As<IExecTaskClaim>();

        AssertClaimed(deal, claims, mostTransactions: 5);
        Assert.All(claims, claim => Assert.InRange(claim.GasUsed, 1, BlockGasLimit));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Tasks_come_down_the_pipeline_as_objects_initialised_or_not(DevnetProfile profile)
    {
        await using var chain = await DevnetChain.StartAsync(profile);
        using var host = chain.ConnectAs(chain.State.Accounts.Requester);
        var (first, second) = (chain.State.Deals["sponsored"], chain.State.Deals["bagTimeout"]);

        var claims = host.Invoke($"Get-IExecTask -DealId {first.DealId}, {second.DealId} | Where-Object IsClaimable | Invoke-IExecTaskClaim -Force").As<IExecTaskClaim>();

        Assert.Equal(104, claims.Count);
        Assert.Equal(2, claims.Select(claim => claim.TransactionHash).Distinct().Count());
    }

    [Fact]
    public async Task A_task_that_is_named_twice_is_claimed_once()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        using var host = chain.ConnectAs(chain.State.Accounts.Requester);
        var task = chain.State.Tasks["claimable0"];

        var claims = host.Invoke($"'{task.TaskId}', '{task.TaskId.ToUpperInvariant()}' | Invoke-IExecTaskClaim -Force").As<IExecTaskClaim>();

        Assert.Equal(task.TaskId, Assert.Single(claims).TaskId);
    }

    [Fact]
    public async Task Of_a_whole_deal_only_what_can_be_claimed_counts()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        using var host = chain.ConnectAs(chain.State.Accounts.Requester);
        var deal = chain.State.Deals["sponsored"];
        await chain.ClaimAsync(deal.Tasks[0].TaskId);

        var claims = host.Invoke($"Invoke-IExecTaskClaim -DealId {deal.DealId} -Force").As<IExecTaskClaim>();
        var again = host.Invoke($"Invoke-IExecTaskClaim -DealId {deal.DealId} -Force");

        Assert.Equal(deal.Tasks.Skip(1).Select(task => task.TaskId), claims.Select(claim => claim.TaskId));
        Assert.Equal("ClaimNotAllowed", again.SingleErrorId());
        Assert.Contains("4 were claimed before", again.Errors[0].ToString(), StringComparison.Ordinal);
    }

    private static void AssertClaimed(DevnetDeal deal, IReadOnlyList<IExecTaskClaim> claims, int mostTransactions)
    {
        Assert.Equal(deal.Tasks.Select(task => task.TaskId).Order(), claims.Select(claim => claim.TaskId).Order());
        Assert.InRange(claims.Select(claim => claim.TransactionHash).Distinct().Count(), 1, mostTransactions);
    }
}
