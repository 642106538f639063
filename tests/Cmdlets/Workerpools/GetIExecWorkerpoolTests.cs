using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Workerpools;

/// <summary>Workerpools with their API and statistics.</summary>
public sealed class GetIExecWorkerpoolTests(WorkerpoolFixture workerpools) : IClassFixture<WorkerpoolFixture>
{
    public static TheoryData<DevnetProfile> Profiles => [DevnetProfile.Arbitrum, DevnetProfile.Bellecour];

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Shows_owner_terms_and_the_source_of_the_API_URL(DevnetProfile profile)
    {
        await using var pool = await workerpools.StartAsync(profile);
        using var host = pool.Connect(null);

        var found = Assert.Single(host.Invoke($"Get-IExecWorkerpool {pool.Address.ToLowerInvariant()}").As<IExecWorkerpool>());

        Assert.Equal((pool.Address, pool.Chain.State.Accounts.Scheduler.Address, "devnet-main"), (found.Address, found.Owner, found.Description));
        Assert.Equal((30, 1), (found.WorkerStakePercent, found.SchedulerRewardPercent));
        Assert.Equal(pool.Scheduler.Url, found.ApiUrl);
        Assert.Equal(pool.Compass is null ? IExecWorkerpoolApiSource.Ens : IExecWorkerpoolApiSource.Compass, found.ApiUrlSource);
        Assert.Equal(pool.Chain.State.Workerpools["main"].EnsName, found.EnsName);
        Assert.Equal(found.RecentTasks, found.Completed + found.Timeouts + found.Open);
        Assert.Empty(found.Unknown);
        Assert.Empty(pool.Scheduler.Server.Requests);
    }

    [Fact]
    public async Task Counts_the_tasks_of_recent_deals_and_times_their_results()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        await chain.IncreaseTimeAsync(TimeSpan.FromDays(31));
        using var host = chain.Connect();
        var late = await DealAsync(chain, "late", 2);
        var begin = await chain.GetTimestampAsync();
        var times = new[] { await CompleteAsync(chain, late, 0, 60) - begin, await CompleteAsync(chain, late, 1, 120) - begin };
        await chain.IncreaseTimeAsync(TimeSpan.FromMinutes(51));
        var lost = await DealAsync(chain, "lost", 1);
        await chain.IncreaseTimeAsync(TimeSpan.FromMinutes(51));
        await DealAsync(chain, "open", 1);

        var all = Read(host, chain, "");
        var newest = Read(host, chain, "-DealCount 2");
        var none = Read(host, chain, "-DealCount 0");

        Assert.Equal((3, 4, 2, 1, 1), (all.RecentDeals, all.RecentTasks, all.Completed, all.Timeouts, all.Open));
        Assert.Equal(200.0 / 3, all.CompletionPercent);
        Assert.Equal((times[0], times[1], 2), (all.MedianTimeToResult, all.Percentile95TimeToResult, all.TimedTasks));
        Assert.Equal(TimeSpan.FromDays(30), all.BlockTimestamp - all.RecentSince);
        Assert.Equal((2, 2, 0, 1, 1, 0.0), (newest.RecentDeals, newest.RecentTasks, newest.Completed, newest.Timeouts, newest.Open, newest.CompletionPercent));
        Assert.Equal(host.Invoke($"(Get-IExecDeal {lost.DealId}).StartTime").As<DateTimeOffset>().Single(), newest.RecentSince);
        Assert.Equal((null, null, 0), (newest.MedianTimeToResult, newest.Percentile95TimeToResult, newest.TimedTasks));
        Assert.Equal((null, null, null, null), (none.RecentDeals, none.RecentSince, none.CompletionPercent, none.TimedTasks));
    }

    [Fact]
    public async Task Without_recent_deals_it_says_since_when_there_are_none()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null);

        var found = Assert.Single(host.Invoke($"Get-IExecWorkerpool {pool.Address} -Since 2200-01-01").As<IExecWorkerpool>());

        Assert.Equal((0, 0, null, null), (found.RecentDeals, found.RecentTasks, found.CompletionPercent, found.MedianTimeToResult));
    }

    [Fact]
    public async Task An_address_that_is_not_a_workerpool_is_an_error_and_the_others_go_on()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null);
        var (app, nobody) = (pool.Chain.State.Contracts.App, pool.Worker);

        var result = host.Invoke($"'0x12', '{app}', '{nobody}', '{pool.Address}' | Get-IExecWorkerpool -DealCount 0");

        Assert.Equal(pool.Address, ((IExecWorkerpool)Assert.Single(result.Output).BaseObject).Address);
        Assert.All(result.Errors, error => Assert.StartsWith("InvalidAddress,", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.Equal(["0x12", app, nobody], result.Errors.Select(error => error.TargetObject));
        Assert.Equal($"{app} is not a workerpool on chain 421614.", result.Errors[1].ToString());
    }

    [Fact]
    public async Task Deals_rows_and_workerpools_can_be_piped_and_each_workerpool_is_emitted_once()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null);
        var other = pool.Chain.State.Workerpools["noUrl"].Address;
        host.Set("deals", pool.Chain.State.Deals.Values.Where(deal => deal.Workerpool is "main" or "noUrl").Select(deal => deal.DealId).ToArray());

        var ofDeals = host.Invoke("Get-IExecDeal $deals | Get-IExecWorkerpool -DealCount 0").As<IExecWorkerpool>().Select(found => found.Address);
        var ofRows = host.Invoke(
            $"[pscustomobject]@{{ Workerpool = '{other}' }}, [pscustomobject]@{{ Address = '{pool.Address}' }} | Get-IExecWorkerpool -DealCount 0 | Get-IExecWorkerpool -DealCount 0")
            .As<IExecWorkerpool>().Select(found => found.Address);

        Assert.Equal(new[] { pool.Address, other }.Order(StringComparer.Ordinal), ofDeals.Order(StringComparer.Ordinal));
        Assert.Equal([other, pool.Address], ofRows);
    }

    [Theory]
    [InlineData("noUrl", "has not published an API URL at Compass")]
    [InlineData("badUrl", "'not a url' is not an http or https URL")]
    public async Task An_undeclared_API_is_null_and_listed_as_unknown(string name, string why)
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null);

        var found = Assert.Single(host.Invoke($"Get-IExecWorkerpool {pool.Chain.State.Workerpools[name].Address}").As<IExecWorkerpool>());

        Assert.Equal((null, null), (found.ApiUrl, found.ApiUrlSource));
        Assert.StartsWith("The API: ", Assert.Single(found.Unknown), StringComparison.Ordinal);
        Assert.Contains(why, found.Unknown[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facts_that_the_node_does_not_return_are_null_and_listed_as_unknown()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null);
        pool.Node.Intercept = request => Method(request) == "eth_getLogs"
            ? RpcProxy.Answer(request, "error", new JsonObject { ["code"] = -32000, ["message"] = "no logs here" })
            : null;

        var found = Assert.Single(host.Invoke($"Get-IExecWorkerpool {pool.Address}").As<IExecWorkerpool>());

        Assert.Equal(pool.Scheduler.Url, found.ApiUrl);
        Assert.Equal((null, null), (found.RecentDeals, found.RecentTasks));
        Assert.StartsWith("The recent deals: ", Assert.Single(found.Unknown), StringComparison.Ordinal);
        Assert.Contains("no logs here", found.Unknown[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_without_events_have_no_time_and_are_listed_as_unknown()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null);
        var isFirst = true;
        pool.Node.Intercept = request =>
        {
            if (Method(request) != "eth_getLogs" || isFirst)
            {
                isFirst &= Method(request) != "eth_getLogs";
                return null;
            }

            return RpcProxy.Answer(request, "result", new JsonArray());
        };

        var found = Assert.Single(host.Invoke($"Get-IExecWorkerpool {pool.Address} -Since 2000-01-01").As<IExecWorkerpool>());

        Assert.True(found.Completed > 0);
        Assert.Equal((null, 0), (found.MedianTimeToResult, found.TimedTasks));
        Assert.Equal($"The times to {found.Completed} of {found.Completed} results: the RPC node does not give all events.", Assert.Single(found.Unknown));
    }

    [Fact]
    public async Task A_thousand_tasks_take_a_few_requests()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null);
        var before = pool.RequestCount;

        var found = Assert.Single(host.Invoke($"Get-IExecWorkerpool {pool.Address} -Since 2000-01-01").As<IExecWorkerpool>());

        Assert.Equal(1000, found.RecentTasks);
        Assert.InRange(pool.RequestCount - before, 1, 30);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_search_for_deals()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null);
        var arrived = new TaskCompletionSource();
        pool.Node.Intercept = request =>
        {
            if (Method(request) != "eth_getLogs")
                return null;
            arrived.TrySetResult();
            return new ScriptedReply { Delay = TimeSpan.FromMinutes(5) };
        };

        using var running = host.Start($"Get-IExecWorkerpool {pool.Address}");
        await arrived.Task;
        running.Stop();

        Assert.Equal(System.Management.Automation.PSInvocationState.Stopped, running.State);
    }

    [Theory]
    [InlineData("Get-IExecWorkerpool ''", "InvalidAddress")]
    [InlineData("Get-IExecWorkerpool 0x0000000000000000000000000000000000000g01", "InvalidAddress")]
    [InlineData("Get-IExecWorkerpool 0x0000000000000000000000000000000000000001 -DealCount 1001", "ParameterArgumentValidationError")]
    public async Task Invalid_input_is_an_error_before_any_request(string command, string errorId)
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null);
        var before = pool.RequestCount;

        Assert.Equal(errorId, host.Invoke(command).SingleErrorId());
        Assert.Equal(before, pool.RequestCount);
    }

    private static IExecWorkerpool Read(PowerShellHost host, DevnetChain chain, string parameters) =>
        Assert.Single(host.Invoke($"Get-IExecWorkerpool {chain.State.Workerpools["noName"].Address} {parameters}").As<IExecWorkerpool>());

    private static Task<DevnetDeal> DealAsync(DevnetChain chain, string name, int volume) =>
        chain.CreateDealAsync(name, DevnetChain.CategoryXs, volume, workerpoolPrice: 1000, workerpool: "noName");

    /// <summary>Completes a task after some seconds; the time at which its result is on the chain.</summary>
    private static async Task<DateTimeOffset> CompleteAsync(DevnetChain chain, DevnetDeal deal, int index, int seconds)
    {
        var task = deal.Tasks[index];
        await chain.IncreaseTimeAsync(TimeSpan.FromSeconds(seconds));
        await chain.InitializeAsync(deal.DealId, index);
        await chain.ContributeAsync(task.TaskId, task.Digest);
        await chain.RevealAsync(task.TaskId, task.Digest);
        await chain.FinalizeAsync(task.TaskId);
        return await chain.GetTimestampAsync();
    }

    private static string? Method(JsonNode request) => request is JsonObject single ? single["method"]!.GetValue<string>() : null;
}
