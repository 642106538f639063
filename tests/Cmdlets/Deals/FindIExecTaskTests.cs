using System;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.CmdletTests.Deals;

public sealed class FindIExecTaskTests(DevnetFixture devnet) : IClassFixture<DevnetFixture>
{
    [Theory]
    [InlineData(DevnetProfile.Arbitrum)]
    [InlineData(DevnetProfile.Bellecour)]
    public async Task Finds_tasks_initialised_or_not(DevnetProfile profile)
    {
        var chain = await devnet.GetAsync(profile);
        using var host = chain.Connect();
        var sponsored = chain.State.Deals["sponsored"];

        var tasks = host.Invoke($"Find-IExecTask -Payer {chain.State.Accounts.Sponsor.Address} -Claimable").As<IExecTask>();

        Assert.Equal(sponsored.Tasks.Select(task => task.TaskId), tasks.Select(task => task.TaskId));
        Assert.Equal(2, tasks.Count(task => task.OnChainStatus == IExecTaskStatus.Unset));
    }

    [Fact]
    public async Task Filters_by_status_First_and_Skip()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();
        var bag = chain.State.Deals["bag"];
        var command = $"Find-IExecTask {chain.State.Accounts.Requester.Address} -Status Revealing";

        var all = host.Invoke(command).As<IExecTask>();
        var some = host.Invoke(command + " -Skip 3 -First 2").As<IExecTask>();

        Assert.All(all, task => Assert.Equal(IExecTaskStatus.Revealing, task.Status));
        Assert.Equal(200, all.Count(task => task.DealId == bag.DealId));
        Assert.Equal(all.Skip(3).Take(2).Select(task => task.TaskId), some.Select(task => task.TaskId));
    }

    [Theory]
    [InlineData(DevnetProfile.Arbitrum)]
    [InlineData(DevnetProfile.Bellecour)]
    public async Task The_shown_refund_is_refunded_exactly(DevnetProfile profile)
    {
        await using var chain = await DevnetChain.StartAsync(profile);
        var accounts = chain.State.Accounts;
        using var host = chain.ConnectAs(accounts.Worker2);
        var first = await chain.CreateDealAsync("first", DevnetChain.CategoryXs, volume: 3, workerpoolPrice: 1_000_000_007, requester: accounts.Worker2, sponsor: accounts.Sponsor);
        var second = await chain.CreateDealAsync("second", DevnetChain.CategoryXs, volume: 2, appPrice: 5, requester: accounts.Sponsor);
        await chain.InitializeAsync(first.DealId, 1);
        await chain.IncreaseTimeAsync(TimeSpan.FromMinutes(51));

        var told = host.Invoke($"Find-IExecTask -Payer {accounts.Sponsor.Address} -Since ([DateTimeOffset]::UtcNow.AddDays(-1)) -Claimable | Invoke-IExecTaskClaim -WhatIf");
        var claims = host.Invoke($"Find-IExecTask -Payer {accounts.Sponsor.Address} -Since ([DateTimeOffset]::UtcNow.AddDays(-1)) -Claimable | Invoke-IExecTaskClaim -Force").As<IExecTaskClaim>();
        var left = host.Invoke($"Find-IExecDeal -Payer {accounts.Sponsor.Address} -Since ([DateTimeOffset]::UtcNow.AddDays(-1))").As<IExecDeal>();

        told.ThrowOnError();
        Assert.Contains("Claim 3 tasks of deal " + first.DealId, told.HostText, StringComparison.Ordinal);
        Assert.Contains("In total, claim 5 tasks of 2 deals in 2 transactions, refund 3.000000031 RLC.", told.HostText, StringComparison.Ordinal);
        Assert.Equal(first.Tasks.Concat(second.Tasks).Select(task => task.TaskId).Order(StringComparer.Ordinal), claims.Select(claim => claim.TaskId).Order(StringComparer.Ordinal));
        Assert.Equal(3.000000031m, claims.Sum(claim => claim.RefundRlc));
        Assert.Equal((0m, 3.000000031m), (left.Sum(deal => deal.RefundableRlc), left.Sum(deal => deal.RefundedRlc)));
    }
}
