using System;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.CmdletTests.Commands;

namespace IExec.Tasks.CmdletTests.Claims;

/// <summary>What a claim does to a task in each state, on the real contracts.</summary>
public sealed class ClaimStateTests
{
    public static TheoryData<DevnetProfile> Profiles => [DevnetProfile.Arbitrum, DevnetProfile.Bellecour];

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Claims_open_tasks_past_their_deadline_and_says_why_not_the_others(DevnetProfile profile)
    {
        await using var chain = await DevnetChain.StartAsync(profile);
        using var host = chain.ConnectAs(chain.State.Accounts.Anyone);
        string[] claimable = ["activeTimeout", "activeContributedTimeout", "revealingTimeout", "revealedTimeout"];
        (string Name, string ErrorId)[] others =
        [
            ("active", "ClaimTooEarly"), ("activeContributed", "ClaimTooEarly"), ("revealing", "ClaimTooEarly"), ("revealingRevealed", "ClaimTooEarly"),
            ("completedSingle", "ClaimNotAllowed"), ("failedFromActive", "ClaimNotAllowed"), ("failedFromRevealing", "ClaimNotAllowed"),
            ("unset", "TaskNotFound"), ("unsetTimeout", "TaskNotFound"),
        ];
        var names = claimable.Concat(others.Select(other => other.Name)).ToList();

        var result = host.Invoke("param($ids) $ids | Invoke-IExecTaskClaim -Force", ("ids", names.Select(name => chain.State.Tasks[name].TaskId).ToArray()));

        var claims = result.Output.Select(item => (IExecTaskClaim)item.BaseObject).ToList();
        Assert.Equal(claimable.Select(name => chain.State.Tasks[name].TaskId), claims.Select(claim => claim.TaskId));
        Assert.Single(claims.Select(claim => claim.TransactionHash).Distinct());
        Assert.Equal(others.Select(other => other.ErrorId), result.ErrorIds());
        Assert.Equal(others.Select(other => (object)chain.State.Tasks[other.Name].TaskId), result.Errors.Select(record => record.TargetObject));
        Assert.All(result.Errors, record => Assert.NotEmpty(record.ErrorDetails.RecommendedAction));
        foreach (var claim in claims)
            Assert.Equal(4, (await RawTask.ReadAsync(chain, claim.TaskId)).Status);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task A_second_claim_is_not_allowed(DevnetProfile profile)
    {
        await using var chain = await DevnetChain.StartAsync(profile);
        using var host = chain.ConnectAs(chain.State.Accounts.Requester);
        var taskId = chain.State.Tasks["claimable0"].TaskId;
        Assert.Single(host.Invoke($"Invoke-IExecTaskClaim {taskId} -Force").As<IExecTaskClaim>());
        var nonce = await chain.CountTransactionsAsync(chain.State.Accounts.Requester);

        var result = host.Invoke($"Invoke-IExecTaskClaim {taskId} -Force");

        Assert.Equal("ClaimNotAllowed", result.SingleErrorId());
        Assert.Contains("claimed before", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(nonce, await chain.CountTransactionsAsync(chain.State.Accounts.Requester));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Shows_the_refund_and_the_payer(DevnetProfile profile)
    {
        await using var chain = await DevnetChain.StartAsync(profile);
        var (accounts, deal) = (chain.State.Accounts, chain.State.Deals["sponsored"]);
        using var host = chain.ConnectAs(accounts.Requester);
        var before = await StakeAsync(chain, accounts.Sponsor);

        var claims = host.Invoke($"Invoke-IExecTaskClaim -DealId {deal.DealId} -Force").As<IExecTaskClaim>();

        Assert.Equal(4, claims.Count);
        Assert.All(claims, claim => Assert.Equal((0.000103m, accounts.Sponsor.Address, deal.DealId), (claim.RefundRlc, claim.RefundedTo, claim.DealId)));
        Assert.Equal(4 * deal.Prices.Sum(), await StakeAsync(chain, accounts.Sponsor) - before);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task The_deadline_is_judged_by_the_chains_clock_to_the_second(DevnetProfile profile)
    {
        await using var chain = await DevnetChain.StartAsync(profile);
        using var host = chain.ConnectAs(chain.State.Accounts.Requester);
        var deal = await chain.CreateDealAsync("deadline", DevnetChain.CategoryXs, volume: 2);
        await chain.InitializeAsync(deal.DealId, 0);
        var deadline = host.Invoke($"Get-IExecTask {deal.Tasks[0].TaskId}").As<IExecTask>()[0].FinalDeadline;
        await chain.SetNextBlockTimestampAsync(deadline.AddSeconds(-1));
        await chain.MineAsync();

        var early = host.Invoke($"Invoke-IExecTaskClaim -DealId {deal.DealId} -Index 0, 1 -Force");
        var wholeDeal = host.Invoke($"Invoke-IExecTaskClaim -DealId {deal.DealId} -Force");
        await chain.SetNextBlockTimestampAsync(deadline);
        await chain.MineAsync();
        var claims = host.Invoke($"Invoke-IExecTaskClaim -DealId {deal.DealId} -Force").As<IExecTaskClaim>();

        Assert.Equal(["ClaimTooEarly", "ClaimTooEarly"], early.ErrorIds());
        Assert.All(early.Errors, record => Assert.Contains(deadline.ToString("u"), record.ToString(), StringComparison.Ordinal));
        Assert.Equal("ClaimTooEarly", wholeDeal.SingleErrorId());
        Assert.Equal(deal.DealId, wholeDeal.Errors[0].TargetObject);
        Assert.Equal(deal.Tasks.Select(task => task.TaskId), claims.Select(claim => claim.TaskId));
    }

    [Fact]
    public async Task An_index_outside_the_deal_does_not_stop_the_others()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        using var host = chain.ConnectAs(chain.State.Accounts.Requester);
        var deal = chain.State.Deals["claimMixed"];

        var result = host.Invoke($"Invoke-IExecTaskClaim -DealId {deal.DealId} -Index 0, {deal.BotFirst} -Force");

        Assert.Equal("TaskNotInDeal", result.SingleErrorId());
        Assert.Equal(deal.Tasks[0].TaskId, ((IExecTaskClaim)Assert.Single(result.Output).BaseObject).TaskId);
    }

    /// <summary>The first word of <c>viewAccount(address)</c>.</summary>
    private static async Task<long> StakeAsync(DevnetChain chain, DevnetAccount account)
    {
        var data = "0x6b55f4a5" + account.Address[2..].PadLeft(64, '0');
        var answer = (await chain.SendAsync("eth_call", new { to = chain.State.Contracts.Hub, data }, "latest")).GetString()!;
        return Convert.ToInt64(answer[2..66].TrimStart('0').PadLeft(1, '0'), 16);
    }
}
