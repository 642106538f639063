using System;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.CmdletTests.Commands;

/// <summary>Reads the real contracts' tasks through the cmdlet.</summary>
public sealed class GetIExecTaskTests(DevnetFixture devnet) : IClassFixture<DevnetFixture>
{
    public static TheoryData<DevnetProfile> Profiles => [DevnetProfile.Arbitrum, DevnetProfile.Bellecour];

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Emits_every_named_task_as_the_contract_has_it(DevnetProfile profile)
    {
        var chain = await devnet.GetAsync(profile);
        using var host = chain.Connect();
        var named = chain.State.Tasks.Values.Where(task => task.State != "unset").ToList();

        var tasks = host.Invoke("param($ids) $ids | Get-IExecTask", ("ids", named.Select(task => task.TaskId).ToArray())).As<IExecTask>();

        Assert.Equal(named.Select(task => task.TaskId), tasks.Select(task => task.TaskId));
        foreach (var task in tasks)
            AssertSameAsChain(task, await RawTask.ReadAsync(chain, task.TaskId));
    }

    [Theory]
    [InlineData("active", "ACTIVE", false, false)]
    [InlineData("activeContributed", "ACTIVE", false, false)]
    [InlineData("revealing", "REVEALING", false, false)]
    [InlineData("revealingRevealed", "REVEALING", false, false)]
    [InlineData("completedSingle", "COMPLETED", false, false)]
    [InlineData("activeTimeout", "TIMEOUT", true, true)]
    [InlineData("revealingTimeout", "TIMEOUT", true, true)]
    [InlineData("failedFromActive", "FAILED", true, false)]
    [InlineData("failedFromRevealing", "FAILED", true, false)]
    public async Task Names_the_state_as_the_SDK_does(string name, string statusName, bool timedOut, bool claimable)
    {
        foreach (var profile in Enum.GetValues<DevnetProfile>())
        {
            var chain = await devnet.GetAsync(profile);
            using var host = chain.Connect();

            var task = Assert.Single(host.Invoke($"Get-IExecTask {chain.State.Tasks[name].TaskId}").As<IExecTask>());

            Assert.Equal((statusName, timedOut, claimable), (task.StatusName, task.TaskTimedOut, task.IsClaimable));
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task The_status_is_the_one_that_tables_show(DevnetProfile profile)
    {
        var chain = await devnet.GetAsync(profile);
        using var host = chain.Connect();
        var ids = new[] { "active", "activeTimeout", "revealingTimeout", "completedSingle", "failedFromActive" }.Select(name => chain.State.Tasks[name].TaskId).ToArray();

        var tasks = host.Invoke("param($ids) Get-IExecTask $ids", ("ids", ids)).As<IExecTask>();
        var timedOut = host.Invoke($"param($tasks) $tasks | Where-Object Status -eq TIMEOUT", ("tasks", tasks)).As<IExecTask>();

        Assert.Equal([IExecTaskStatus.Active, IExecTaskStatus.Timeout, IExecTaskStatus.Timeout, IExecTaskStatus.Completed, IExecTaskStatus.Failed], tasks.Select(task => task.Status));
        Assert.Equal([IExecTaskStatus.Active, IExecTaskStatus.Active, IExecTaskStatus.Revealing, IExecTaskStatus.Completed, IExecTaskStatus.Failed], tasks.Select(task => task.OnChainStatus));
        Assert.Equal(tasks.Select(task => task.StatusName), tasks.Select(task => task.Status.ToString().ToUpperInvariant()));
        Assert.Equal(ids[1..3], timedOut.Select(task => task.TaskId));
    }

    [Theory]
    [InlineData("completedGarbage", "none", null, "hello, not json")]
    [InlineData("completedJsonNull", "none", null, "null")]
    [InlineData("completedJsonNumber", "none", null, "42")]
    [InlineData("completedJsonArray", "none", null, "[1,2]")]
    [InlineData("completedNoLocation", "ipfs", null, "{\"storage\":\"ipfs\"}")]
    [InlineData("completedStorageNone", "none", null, "{\"storage\":\"none\"}")]
    [InlineData("completedEmptyResults", "none", null, null)]
    [InlineData("completedDropbox", "dropbox", "/results/0xabc", "{ \"storage\": \"dropbox\", \"location\": \"/results/0xabc\" }")]
    public async Task Parses_every_odd_form_of_results(string name, string storage, string? location, string? text)
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();

        var result = Assert.Single(host.Invoke($"Get-IExecTask {chain.State.Tasks[name].TaskId}").As<IExecTask>()).Result;

        Assert.Equal((storage, location, text), (result.Storage, result.Location, result.Text));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Lists_a_deal_of_1000_in_order_with_what_is_not_initialised(DevnetProfile profile)
    {
        var chain = await devnet.GetAsync(profile);
        using var host = chain.Connect();
        var bag = chain.State.Deals["bag"];

        var tasks = host.Invoke($"Get-IExecTask -DealId {bag.DealId}").As<IExecTask>();

        Assert.Equal(bag.Tasks.Select(task => task.TaskId), tasks.Select(task => task.TaskId));
        Assert.Equal(Enumerable.Range(0, 1000), tasks.Select(task => (int)task.Index));
        Assert.Equal(bag.Tasks.Count(task => task.State == "unset"), tasks.Count(task => task.StatusName == "UNSET"));
        Assert.Equal(bag.Tasks.Count(task => task.State == "completed"), tasks.Count(task => task.Status == IExecTaskStatus.Completed));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Fills_uninitialised_tasks_from_their_deal(DevnetProfile profile)
    {
        var chain = await devnet.GetAsync(profile);
        using var host = chain.Connect();
        var unset = chain.State.Tasks["unset"];
        var late = chain.State.Tasks["unsetTimeout"];

        var tasks = host.Invoke($"Get-IExecTask -DealId {unset.DealId}, {late.DealId} -Index 0").As<IExecTask>();

        Assert.Equal(["UNSET", "TIMEOUT"], tasks.Select(task => task.StatusName));
        Assert.Equal([false, true], tasks.Select(task => task.IsClaimable));
        Assert.Equal([unset.TaskId, late.TaskId], tasks.Select(task => task.TaskId));
        Assert.All(tasks, task => Assert.Equal(3 * task.TimeRef, task.FinalDeadline - task.ContributionDeadline));
    }

    [Fact]
    public async Task Reads_the_tasks_of_a_deal_that_does_not_begin_at_zero()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();
        var deal = chain.State.Deals["claimMixed"];
        Assert.NotEqual(0, deal.BotFirst);

        var tasks = host.Invoke($"Get-IExecTask -DealId {deal.DealId}").As<IExecTask>();
        var outside = host.Invoke($"Get-IExecTask -DealId {deal.DealId} -Index 0, {deal.BotFirst}");

        Assert.Equal(deal.Tasks.Select(task => task.TaskId), tasks.Select(task => task.TaskId));
        Assert.Equal("TaskNotInDeal", outside.SingleErrorId());
        Assert.Equal(0L, outside.Errors[0].TargetObject);
        Assert.Single(outside.Output);
    }

    [Fact]
    public async Task One_bad_id_does_not_stop_the_others_and_everything_stays_in_order()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();
        var active = chain.State.Tasks["active"].TaskId;
        var unknown = "0x" + new string('a', 64);

        var result = host.Invoke(
            "param($ids) $ids | Get-IExecTask 2>&1",
            ("ids", new[] { active, "0x12", unknown, active.ToUpperInvariant(), "", active }));

        Assert.Equal(
            [active, "InvalidTaskId", "TaskNotFound", active, "InvalidTaskId", active],
            result.Output.Select(item => item.BaseObject is System.Management.Automation.ErrorRecord record
                ? record.FullyQualifiedErrorId.Split(',')[0]
                : ((IExecTask)item.BaseObject).TaskId));
    }

    [Theory]
    [InlineData("Get-IExecTask 0x12", "InvalidTaskId", "0x12")]
    [InlineData("Get-IExecTask hello", "InvalidTaskId", "hello")]
    [InlineData("Get-IExecTask -DealId 0x12", "InvalidDealId", "0x12")]
    [InlineData("Get-IExecTask -DealId 0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "DealNotFound", "0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Says_what_is_wrong_with_the_input(string command, string errorId, string target)
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();

        var result = host.Invoke(command);

        Assert.Equal(errorId, result.SingleErrorId());
        var record = result.Errors[0];
        Assert.Equal(target, record.TargetObject);
        Assert.NotEqual(System.Management.Automation.ErrorCategory.NotSpecified, record.CategoryInfo.Category);
        Assert.NotEmpty(record.ErrorDetails.RecommendedAction);
        Assert.Contains(target, record.ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slow_pipeline_input_does_not_wait_for_a_full_batch()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();

        var come = host.Invoke($"$come = 0; 1..3 | ForEach-Object {{ [Threading.Thread]::Sleep(600); $come++; '{chain.State.Tasks["active"].TaskId}' }} | Get-IExecTask | ForEach-Object {{ $come }}");

        Assert.Equal([1, 2, 3], come.As<int>());
    }

    private static void AssertSameAsChain(IExecTask task, RawTask raw)
    {
        Assert.Equal(raw.Status, (int)task.OnChainStatus);
        Assert.Equal(raw.DealId, task.DealId);
        Assert.Equal(raw.Index, task.Index);
        Assert.Equal(raw.TimeRef, (long)task.TimeRef.TotalSeconds);
        Assert.Equal(raw.ContributionDeadline, task.ContributionDeadline.ToUnixTimeSeconds());
        Assert.Equal(raw.RevealDeadline, task.RevealDeadline?.ToUnixTimeSeconds() ?? 0);
        Assert.Equal(raw.FinalDeadline, task.FinalDeadline.ToUnixTimeSeconds());
        Assert.Equal(raw.ConsensusValue, task.ConsensusValue);
        Assert.Equal(raw.RevealCounter, task.RevealCounter);
        Assert.Equal(raw.WinnerCounter, task.WinnerCounter);
        Assert.Equal(raw.Contributors, task.Contributors.Select(worker => worker.ToLowerInvariant()));
        Assert.Equal(raw.ResultDigest, task.ResultDigest);
        Assert.Equal(raw.Results, task.Result.Text ?? "");
        Assert.Equal(raw.ResultsCallback, task.ResultsCallback);
        Assert.Null(task.ResultsTimestamp);
    }
}
