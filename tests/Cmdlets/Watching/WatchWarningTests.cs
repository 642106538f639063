using System;
using System.Linq;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Watching;

/// <summary>The warnings of a watch: tasks that can no longer succeed, a clock that jumps, a node that is down or serves another chain.</summary>
public sealed class WatchWarningTests : IAsyncLifetime
{
    private static readonly TimeSpan PastRevealDeadline = TimeSpan.FromMinutes(11);
    private static readonly TimeSpan PastContributionDeadline = TimeSpan.FromMinutes(36);
    private static readonly TimeSpan PastFinalDeadline = TimeSpan.FromMinutes(51);

    private DevnetChain _chain = null!;

    public async Task InitializeAsync() => _chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);

    public async Task DisposeAsync() => await _chain.DisposeAsync();

    [Fact]
    public async Task An_active_task_past_its_contribution_deadline_is_warned_of_once_with_the_claim_that_will_be_due()
    {
        using var host = _chain.Connect();
        var task = await CreateTaskAsync();

        using var watch = host.Start($"Watch-IExecTask {task.TaskId} -PollingIntervalSec 0.2");
        watch.WaitForOutput(1);
        await _chain.IncreaseTimeAsync(PastContributionDeadline);
        watch.WaitForWarning(task.TaskId);
        var seen = Read(task);
        await _chain.MineAsync(3);
        await _chain.IncreaseTimeAsync(PastFinalDeadline - PastContributionDeadline);
        var result = watch.Wait();

        Assert.Equal(IExecTaskOutlook.CannotComplete, seen.Outlook);
        Assert.Equal(["ACTIVE", "TIMEOUT"], result.As<IExecTaskUpdate>().Select(update => update.Task.StatusName));
        var warning = Assert.Single(result.Warnings, message => IsOf(message, task));
        Assert.Contains("can no longer succeed", warning, StringComparison.Ordinal);
        Assert.Contains($"{seen.FinalDeadline:u}", warning, StringComparison.Ordinal);
        Assert.EndsWith($"Invoke-IExecTaskClaim {task.TaskId}", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_without_a_reveal_in_time_is_warned_of_and_can_complete_again_once_reopened()
    {
        using var host = _chain.Connect();
        var task = await CreateTaskAsync();
        await _chain.ContributeAsync(task.TaskId, task.Digest);

        using var watch = host.Start($"Watch-IExecTask {task.TaskId} -PollingIntervalSec 0.2");
        watch.WaitForOutput(1);
        await _chain.IncreaseTimeAsync(PastRevealDeadline);
        watch.WaitForWarning(task.TaskId);
        Assert.Equal(IExecTaskOutlook.CannotComplete, Read(task).Outlook);
        await _chain.ReopenAsync(task.TaskId);
        Assert.Equal(IExecTaskOutlook.CanComplete, Read(task).Outlook);
        await _chain.ContributeAsync(task.TaskId, task.Digest, _chain.State.Accounts.Worker2);
        await _chain.RevealAsync(task.TaskId, task.Digest, _chain.State.Accounts.Worker2);
        await _chain.FinalizeAsync(task.TaskId);
        var result = watch.Wait();

        Assert.Equal("COMPLETED", result.As<IExecTaskUpdate>()[^1].Task.StatusName);
        Assert.Contains("no worker revealed", Assert.Single(result.Warnings, message => IsOf(message, task)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_tasks_of_a_deal_share_a_warning()
    {
        using var host = _chain.Connect();
        var deal = await _chain.CreateDealAsync("shared", DevnetChain.CategoryXs, volume: 20);
        await _chain.IncreaseTimeAsync(PastContributionDeadline);

        using var wait = host.Start($"Wait-IExecTask -DealId {deal.DealId} -PollingIntervalSec 0.2");
        wait.WaitForWarning(deal.DealId);
        await _chain.IncreaseTimeAsync(PastFinalDeadline - PastContributionDeadline);
        var result = wait.Wait();

        Assert.Equal(20, result.As<IExecTask>().Count(task => task.IsClaimable));
        var warning = Assert.Single(result.Warnings, message => message.Contains(deal.DealId, StringComparison.Ordinal));
        Assert.StartsWith($"20 tasks of deal {deal.DealId} can no longer succeed", warning, StringComparison.Ordinal);
        Assert.EndsWith($"Get-IExecTask -DealId {deal.DealId} | Where-Object IsClaimable | Invoke-IExecTaskClaim", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_jump_of_the_chains_clock_is_warned_of_with_both_times()
    {
        using var host = _chain.Connect();
        var task = _chain.State.Tasks["live0"];

        using var watch = host.Start($"Watch-IExecTask {task.TaskId} -PollingIntervalSec 0.2 -TimeoutSec 3");
        watch.WaitForOutput(1);
        var before = await _chain.GetTimestampAsync();
        await _chain.IncreaseTimeAsync(TimeSpan.FromHours(1));
        var after = await _chain.GetTimestampAsync();

        var warning = Assert.Single(watch.Wait().Warnings);
        Assert.Contains($"clock jumped from {before:u}", warning, StringComparison.Ordinal);
        Assert.Contains($"to {after:u}", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_hangs_is_warned_of_once_with_the_start_of_the_outage()
    {
        using var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {_chain.RpcUrl} -TimeoutSec 1 -MaximumRetryCount 0").ThrowOnError();
        var task = _chain.State.Tasks["live0"];

        using var watch = host.Start($"Watch-IExecTask {task.TaskId} -PollingIntervalSec 0.2");
        watch.WaitForOutput(1);
        await _chain.PauseAsync();
        watch.WaitForWarning("cannot be read");
        await _chain.ResumeAsync();
        await _chain.ContributeAsync(task.TaskId, task.Digest);
        await _chain.RevealAsync(task.TaskId, task.Digest);
        await _chain.FinalizeAsync(task.TaskId);
        var result = watch.Wait();

        Assert.Equal(["ACTIVE", "REVEALING", "COMPLETED"], result.As<IExecTaskUpdate>().Select(update => update.Task.StatusName));
        Assert.Matches($"^The chain cannot be read since {DateTime.UtcNow:yyyy-MM-dd} .* did not answer in time", Assert.Single(result.Warnings));
    }

    [Fact]
    public async Task A_node_that_comes_back_as_another_chain_ends_the_watch()
    {
        await using var proxy = await RpcProxy.StartAsync(_chain.RpcUrl);
        using var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {proxy.Server.Url} -MaximumRetryCount 0").ThrowOnError();

        using var watch = host.Start($"Watch-IExecTask {_chain.State.Tasks["live0"].TaskId} -PollingIntervalSec 0.2");
        watch.WaitForOutput(1);
        proxy.Intercept = request => request["method"]!.GetValue<string>() is "eth_chainId"
            ? RpcProxy.Answer(request, "result", JsonValue.Create("0x1"))
            : ScriptedReply.WithStatus(HttpStatusCode.BadGateway);

        Assert.Equal("ChainMismatch", watch.Wait().SingleErrorId());
    }

    private static bool IsOf(string message, DevnetTask task) => message.Contains(task.TaskId, StringComparison.Ordinal);

    private IExecTask Read(DevnetTask task)
    {
        using var host = _chain.Connect();
        return Assert.Single(host.Invoke($"Get-IExecTask {task.TaskId}").As<IExecTask>());
    }

    private async Task<DevnetTask> CreateTaskAsync()
    {
        var deal = await _chain.CreateDealAsync("warned", DevnetChain.CategoryXs);
        await _chain.InitializeAsync(deal.DealId, 0);
        return deal.Tasks[0];
    }
}
