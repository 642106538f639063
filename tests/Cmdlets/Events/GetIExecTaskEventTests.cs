using System;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Events;

/// <summary>The events of tasks on the chain.</summary>
public sealed class GetIExecTaskEventTests(DevnetFixture devnet) : IClassFixture<DevnetFixture>
{
    public static TheoryData<DevnetProfile> Profiles => [DevnetProfile.Arbitrum, DevnetProfile.Bellecour];

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Lists_the_events_of_a_completed_task_and_who_got_its_price(DevnetProfile profile)
    {
        await using var chain = await DevnetChain.StartAsync(profile);
        using var host = chain.Connect();
        var accounts = chain.State.Accounts;
        var deal = await chain.CreateDealAsync("events", DevnetChain.CategoryXs, appPrice: 7, workerpoolPrice: 1000, sponsor: accounts.Sponsor);
        var task = deal.Tasks[0];
        await chain.InitializeAsync(deal.DealId, 0);
        await chain.ContributeAsync(task.TaskId, task.Digest);
        await chain.RevealAsync(task.TaskId, task.Digest);
        await chain.FinalizeAsync(task.TaskId);

        var events = Chain(host.Invoke($"Get-IExecTaskEvent {task.TaskId}"));

        var names = events.Where(happened => happened.Explanation?.StartsWith("For the workerpool, from", StringComparison.Ordinal) != true).Select(happened => happened.Name);
        Assert.Equal("DealMatched", names.First());
        Assert.Equal("Finalized", names.Last());
        Assert.Equal(["DealMatched", "Initialized", "Contributed", "ConsensusReached", "Revealed", "Finalized"], names.Where(name => name is not ("Seized" or "Rewarded")));
        var (matched, paid) = (events[0], Assert.Single(events, happened => happened.Name == "Seized" && happened.Account == accounts.Sponsor.Address));
        Assert.Equal((accounts.Sponsor.Address, 0.000001007m), (matched.Account, matched.AmountRlc));
        Assert.Equal(0.000001007m, paid.AmountRlc);
        Assert.Equal(0.000000007m, Assert.Single(events, happened => happened is { Name: "Rewarded" } && happened.Account == accounts.AppOwner.Address).AmountRlc);
        Assert.Contains(events, happened => happened.Name == "Rewarded" && happened.Worker == accounts.Worker1.Address && happened.Explanation == "For the worker.");
        Assert.Equal(Rlc(events, "Seized"), Rlc(events, "Rewarded"));
        Assert.All(events, happened => Assert.Equal((task.TaskId, deal.DealId, IExecTaskEventSource.Chain), (happened.TaskId, happened.DealId, happened.Source)));
        Assert.All(events, happened => Assert.True(happened is { BlockNumber: > 0, TransactionHash.Length: 66, Timestamp: not null }));
        Assert.Equal(events.OrderBy(happened => happened.BlockNumber), events);
        Assert.Equal(task.Digest, Assert.Single(events, happened => happened.Name == "Revealed").Hash);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Lists_a_reopening_and_the_claim_with_its_refund(DevnetProfile profile)
    {
        await using var chain = await DevnetChain.StartAsync(profile);
        using var host = chain.Connect();
        var deal = await chain.CreateDealAsync("reopened", DevnetChain.CategoryXs, workerpoolPrice: 1000);
        var task = deal.Tasks[0];
        await chain.InitializeAsync(deal.DealId, 0);
        await chain.ContributeAsync(task.TaskId, task.Digest);
        await chain.IncreaseTimeAsync(TimeSpan.FromMinutes(11));
        await chain.ReopenAsync(task.TaskId);
        await chain.IncreaseTimeAsync(TimeSpan.FromMinutes(50));
        await chain.ClaimAsync(task.TaskId);

        var events = Chain(host.Invoke($"Get-IExecTaskEvent {task.TaskId}"));

        Assert.Equal(
            ["DealMatched", "Initialized", "Contributed", "ConsensusReached", "Reopened", "Seized", "Rewarded", "Claimed"], events.Select(happened => happened.Name));
        Assert.Contains("open for contributions again", events[4].Explanation, StringComparison.Ordinal);
        Assert.Equal(chain.State.Accounts.Scheduler.Address, events[5].Account);
        Assert.Contains("lost its stake", events[5].Explanation, StringComparison.Ordinal);
        Assert.Equal((chain.State.Accounts.Requester.Address, 0.000001m), (events[7].Account, events[7].AmountRlc));
    }

    [Fact]
    public async Task Lists_faulty_contributions()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();
        var (worker1, worker2) = (chain.State.Accounts.Worker1, chain.State.Accounts.Worker2);
        var deal = await chain.CreateDealAsync("faulty", DevnetChain.CategoryXs, workerpoolPrice: 1000);
        var task = deal.Tasks[0];
        await chain.InitializeAsync(deal.DealId, 0);
        await chain.ContributeAsync(task.TaskId, task.Digest, worker1);
        await chain.IncreaseTimeAsync(TimeSpan.FromMinutes(11));
        await chain.ReopenAsync(task.TaskId);
        await chain.ContributeAsync(task.TaskId, task.Digest, worker2);
        await chain.RevealAsync(task.TaskId, task.Digest, worker2);
        await chain.FinalizeAsync(task.TaskId);

        var events = Chain(host.Invoke($"Get-IExecTaskEvent {task.TaskId}"));

        Assert.Equal(worker1.Address, Assert.Single(events, happened => happened.Kind == IExecTaskEventKind.FaultyContribution).Worker);
        Assert.Equal(worker2.Address, Assert.Single(events, happened => happened.Kind == IExecTaskEventKind.AccurateContribution).Worker);
        Assert.Contains(events, happened => happened.Kind == IExecTaskEventKind.Seized && happened.Worker == worker1.Address && happened.Explanation == "The worker lost its stake.");
    }

    [Fact]
    public async Task A_task_that_is_not_initialised_has_only_its_deal_and_one_that_nobody_knows_is_an_error()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();
        var task = chain.State.Deals["bag"].Tasks.First(task => task.State == "unset");

        var events = Chain(host.Invoke($"Get-IExecTaskEvent -DealId {task.DealId} -Index {task.Index}"));
        var unknown = host.Invoke($"Get-IExecTaskEvent 0x{new string('1', 64)}");

        Assert.Equal("DealMatched", Assert.Single(events).Name);
        Assert.Equal("TaskNotFound", unknown.SingleErrorId());
    }

    [Fact]
    public async Task The_thousand_tasks_of_a_deal_take_a_few_requests_and_agree_with_the_log()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        await using var node = await RpcProxy.StartAsync(chain.RpcUrl);
        using var host = Connect(node);
        var deal = chain.State.Deals["bag"];
        var before = node.Server.Requests.Count;

        var result = host.Invoke($"Get-IExecTaskEvent -DealId {deal.DealId}");

        var requests = node.Server.Requests.Count - before;
        var told = Chain(result).ToLookup(happened => happened.TaskId);
        Assert.Equal(deal.Tasks.Select(task => task.TaskId), told.Select(task => task.Key));
        var happened = (await HubEvent.ReadAsync(chain, deal)).ToLookup(item => item.TaskId);
        foreach (var task in deal.Tasks)
        {
            Assert.Equal(
                ["DealMatched", .. happened[task.TaskId].Select(item => item.Name)],
                told[task.TaskId].Where(item => item.Kind is not (IExecTaskEventKind.Seized or IExecTaskEventKind.Rewarded)).Select(item => item.Name));
        }

        Assert.Contains("1000 tasks", Assert.Single(result.Warnings), StringComparison.Ordinal); // no scheduler here
        Assert.InRange(requests, 1, 20);
    }

    [Fact]
    public async Task A_node_that_limits_blocks_and_omits_times_gives_the_same_events()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        await using var node = await RpcProxy.StartAsync(chain.RpcUrl);
        using var host = Connect(node);
        var taskId = chain.State.Tasks["completedSingle"].TaskId;
        var whole = Chain(host.Invoke($"Get-IExecTaskEvent {taskId}"));
        node.LimitBlocks(7);
        var limit = node.Intercept;
        node.Intercept = request => limit(request) ?? WithoutTimes(node, request);

        var pieces = Chain(host.Invoke($"Get-IExecTaskEvent {taskId}"));

        Assert.Equal(
            whole.Select(happened => (happened.Name, happened.Timestamp, happened.TransactionHash)), pieces.Select(happened => (happened.Name, happened.Timestamp, happened.TransactionHash)));
    }

    [Fact]
    public async Task A_node_that_omits_events_is_warned_of()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        await using var node = await RpcProxy.StartAsync(chain.RpcUrl);
        using var host = Connect(node);
        node.Intercept = request => request is System.Text.Json.Nodes.JsonObject && request["method"]!.GetValue<string>() == "eth_getLogs" ? RpcProxy.Answer(request, "result", new System.Text.Json.Nodes.JsonArray()) : null;

        var result = host.Invoke($"Get-IExecTaskEvent {chain.State.Tasks["completedSingle"].TaskId}");

        Assert.Contains(result.Warnings, warning => warning.StartsWith("The RPC node does not give all events of task ", StringComparison.Ordinal));
        Assert.Equal("DealMatched", Assert.Single(Chain(result)).Name);
    }

    private static IExecTaskEvent[] Chain(InvocationResult result) => [.. result.As<IExecTaskEvent>()];

    private static decimal? Rlc(IExecTaskEvent[] events, string name) => events.Where(happened => happened.Name == name).Sum(happened => happened.AmountRlc);

    private static PowerShellHost Connect(RpcProxy node)
    {
        var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {node.Server.Url}").ThrowOnError();
        return host;
    }

    private static ScriptedReply? WithoutTimes(RpcProxy node, System.Text.Json.Nodes.JsonNode request)
    {
        var answer = node.Forward(request);
        return answer with { Body = System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(answer.Body).Replace("\"blockTimestamp\"", "\"unknown\"", StringComparison.Ordinal)) };
    }
}
