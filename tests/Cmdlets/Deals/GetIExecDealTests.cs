using System;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.CmdletTests.Deals;

public sealed class GetIExecDealTests(DevnetFixture devnet) : IClassFixture<DevnetFixture>
{
    public static TheoryData<DevnetProfile> Profiles => [DevnetProfile.Arbitrum, DevnetProfile.Bellecour];

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Shows_the_terms(DevnetProfile profile)
    {
        var chain = await devnet.GetAsync(profile);
        using var host = chain.Connect();
        var (accounts, contracts) = (chain.State.Accounts, chain.State.Contracts);

        var deal = Assert.Single(host.Invoke($"Get-IExecDeal {chain.State.Deals["sponsored"].DealId}").As<IExecDeal>());

        Assert.Equal((contracts.App, accounts.AppOwner.Address, 0.000001m), (deal.App.Address, deal.App.Owner, deal.App.PriceRlc));
        Assert.Equal((contracts.Dataset, accounts.DatasetOwner.Address, 0.000002m), (deal.Dataset!.Address, deal.Dataset.Owner, deal.Dataset.PriceRlc));
        Assert.Equal((chain.State.Workerpools["main"].Address, accounts.Scheduler.Address, 0.0001m), (deal.Workerpool.Address, deal.Workerpool.Owner, deal.Workerpool.PriceRlc));
        Assert.Equal((accounts.Requester.Address, accounts.Beneficiary.Address, accounts.Sponsor.Address), (deal.Requester, deal.Beneficiary, deal.Payer));
        Assert.Null(deal.Callback);
        Assert.Equal((0, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(50)), (deal.Category, deal.TimeRef, deal.FinalTime - deal.StartTime));
        Assert.False(string.IsNullOrEmpty(deal.CategoryName));
        Assert.Contains("\"iexec_args\":\"sponsored\"", deal.Params, StringComparison.Ordinal);
        Assert.Equal(profile == DevnetProfile.Arbitrum ? $"https://explorer.iex.ec/arbitrum-sepolia-testnet/deal/{deal.DealId}" : null, deal.ExplorerUrl?.ToString());
        Assert.Equal((0L, 4L, 4L), (deal.BotFirst, deal.BotSize, deal.ClaimableCount));
        Assert.Equal((0.000412m, 0m, 0m, 0.000412m, 0.000412m), (deal.PaidRlc, deal.SpentRlc, deal.RefundedRlc, deal.LockedRlc, deal.RefundableRlc));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Counts_the_tasks_in_every_status(DevnetProfile profile)
    {
        var chain = await devnet.GetAsync(profile);
        using var host = chain.Connect();

        var deals = host.Invoke(
            "param($ids) $ids | Get-IExecDeal", ("ids", new[] { "bag", "bagTimeout", "failedFromActive" }.Select(name => chain.State.Deals[name].DealId).ToArray())).As<IExecDeal>();

        Assert.Equal(["200 UNSET, 300 ACTIVE, 200 REVEALING, 300 COMPLETED", "100 TIMEOUT", "1 FAILED"], deals.Select(deal => deal.Tasks.ToString()));
        Assert.Equal([0, 100, 0], deals.Select(deal => deal.ClaimableCount));
        Assert.Equal((0.000000103m, 0.000000103m, 0m), (deals[2].PaidRlc, deals[2].RefundedRlc, deals[2].LockedRlc));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Its_sums_are_those_of_the_contracts_events(DevnetProfile profile)
    {
        await using var chain = await DevnetChain.StartAsync(profile);
        using var host = chain.Connect();
        var first = Convert.ToInt64((await chain.SendAsync("eth_blockNumber")).GetString(), 16) + 1;
        var payer = chain.State.Accounts.Requester.Address;
        var made = await chain.CreateDealAsync("money", DevnetChain.CategoryXs, volume: 5, appPrice: 7, workerpoolPrice: 1_000_000_003);
        await chain.InitializeAsync(made.DealId, [0, 1, 2]);
        await chain.ContributeAsync(made.Tasks[0].TaskId, made.Tasks[0].Digest);
        await chain.RevealAsync(made.Tasks[0].TaskId, made.Tasks[0].Digest);
        await chain.FinalizeAsync(made.Tasks[0].TaskId);
        var open = Assert.Single(host.Invoke($"Get-IExecDeal {made.DealId}").As<IExecDeal>());
        await chain.IncreaseTimeAsync(TimeSpan.FromMinutes(51));
        await chain.ClaimAsync(made.Tasks[1].TaskId);

        var over = Assert.Single(host.Invoke($"Get-IExecDeal {made.DealId}").As<IExecDeal>());

        Assert.Equal("2 UNSET, 2 ACTIVE, 1 COMPLETED", open.Tasks.ToString());
        Assert.Equal((4.00000004m, 0m), (open.LockedRlc, open.RefundableRlc));
        Assert.Equal("1 COMPLETED, 1 FAILED, 3 TIMEOUT", over.Tasks.ToString());
        var events = await DealAmounts.ReadAsync(chain, payer, first);
        Assert.Equal(events, new DealAmounts(Nano(over.PaidRlc), Nano(over.SpentRlc), Nano(over.RefundedRlc)));
        Assert.Equal(events.Locked - events.Seized - events.Unlocked, Nano(over.LockedRlc));
        Assert.Equal(over.LockedRlc, over.RefundableRlc);
    }

    [Fact]
    public async Task Zero_is_shown_without_decimals()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();

        var amounts = host.Invoke($"$deal = Get-IExecDeal {chain.State.Deals["failedFromActive"].DealId}; \"$($deal.SpentRlc) $($deal.LockedRlc) $($deal.RefundableRlc)\"").As<string>();

        Assert.Equal("0 0 0", Assert.Single(amounts));
    }

    [Fact]
    public async Task A_wrong_id_and_an_unknown_one_are_errors_in_their_places()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();
        var unknown = "0x" + new string('1', 64);

        var result = host.Invoke("param($ids) $ids | Get-IExecDeal", ("ids", new[] { "0x12", chain.State.Deals["bag"].DealId, unknown, chain.State.Deals["bag"].DealId.ToUpperInvariant() }));

        Assert.Equal(["InvalidDealId", "DealNotFound"], result.ErrorIds());
        Assert.Equal(["0x12", unknown], result.Errors.Select(error => error.TargetObject));
        Assert.Equal([chain.State.Deals["bag"].DealId, chain.State.Deals["bag"].DealId], result.Output.Select(item => ((IExecDeal)item.BaseObject).DealId));
    }

    [Fact]
    public async Task Goes_down_the_pipeline_to_its_tasks_and_back()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();
        var deal = chain.State.Deals["sponsored"];

        var tasks = host.Invoke($"Get-IExecDeal {deal.DealId} | Get-IExecTask").As<IExecTask>();
        var back = host.Invoke($"Get-IExecTask {deal.Tasks[0].TaskId} | Get-IExecDeal").As<IExecDeal>();
        var claims = host.Invoke($"Get-IExecDeal {deal.DealId} | Invoke-IExecTaskClaim -WhatIf");

        Assert.Equal(deal.Tasks.Select(task => task.TaskId), tasks.Select(task => task.TaskId));
        Assert.Equal(deal.DealId, Assert.Single(back).DealId);
        claims.ThrowOnError();
        Assert.Contains("Claim 4 tasks", claims.HostText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deal_among_others_takes_a_request_for_each_kind_of_read()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        await using var node = await RpcProxy.StartAsync(chain.RpcUrl);
        using var host = PowerShellHostFor(node);
        var ids = chain.State.Deals.Values.Where(deal => deal.Volume == 1).Select(deal => deal.DealId).ToArray();
        var before = node.Server.Requests.Count;

        var deals = host.Invoke("param($ids) $ids | Get-IExecDeal", ("ids", ids)).As<IExecDeal>();

        Assert.Equal(ids, deals.Select(deal => deal.DealId));
        Assert.Equal(3, node.Server.Requests.Count - before); // deals, categories, tasks
    }

    private static Hosting.PowerShellHost PowerShellHostFor(RpcProxy node)
    {
        var host = Hosting.PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {node.Server.Url}").ThrowOnError();
        return host;
    }

    private static System.Numerics.BigInteger Nano(decimal rlc) => new(rlc * 1_000_000_000);
}
