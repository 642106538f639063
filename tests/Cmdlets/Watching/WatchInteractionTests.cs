using System;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Watching;

/// <summary>A watch at the prompt: its progress bar, and the ways to end it early.</summary>
public sealed class WatchInteractionTests(DevnetFixture devnet) : IClassFixture<DevnetFixture>
{
    [Fact]
    public async Task One_bar_shows_how_many_of_all_tasks_are_final_and_the_next_deadline()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();

        var result = host.Invoke($"Watch-IExecTask -DealId {chain.State.Deals["bag"].DealId} -TimeoutSec 3");

        Assert.Single(result.Progress.Select(record => record.ActivityId).Distinct());
        Assert.StartsWith("300 of 1000 final, next deadline in ", result.Progress[0].StatusDescription, StringComparison.Ordinal);
        Assert.Equal(30, result.Progress[0].PercentComplete);
        Assert.Equal(ProgressRecordType.Completed, result.Progress[^1].RecordType);
    }

    [Fact]
    public async Task There_is_no_bar_with_ProgressPreference_or_when_nothing_is_open()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();
        var tasks = chain.State.Tasks;

        Assert.Empty(host.Invoke($"Watch-IExecTask {tasks["completedSingle"].TaskId}").Progress);
        Assert.Empty(host.Invoke($"$ProgressPreference = 'SilentlyContinue'; Watch-IExecTask {tasks["active"].TaskId} -TimeoutSec 2").Progress);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("ws")]
    public async Task Ctrl_C_ends_a_pause_between_two_polls(string scheme)
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {new UriBuilder(chain.RpcUrl) { Scheme = scheme }.Uri}").ThrowOnError();

        using var watch = host.Start($"Watch-IExecTask {chain.State.Tasks["active"].TaskId} -PollingIntervalSec 3600");
        watch.WaitForOutput(1);
        watch.Stop();

        Assert.Equal(PSInvocationState.Stopped, watch.State);
        Assert.Single(host.Invoke($"Get-IExecTask {chain.State.Tasks["active"].TaskId}").As<IExecTask>());
    }

    [Fact]
    public async Task Ctrl_C_ends_a_poll_and_leaves_no_request_running()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        await using var proxy = await RpcProxy.StartAsync(chain.RpcUrl);
        using var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {proxy.Server.Url}").ThrowOnError();

        using var watch = host.Start($"Watch-IExecTask {chain.State.Tasks["active"].TaskId} -PollingIntervalSec 0.2");
        watch.WaitForOutput(1);
        proxy.Intercept = _ => new ScriptedReply { Delay = TimeSpan.FromHours(1) };
        watch.WaitUntil(() => proxy.Server.Unanswered > 0);
        watch.Stop();

        Assert.Equal(PSInvocationState.Stopped, watch.State);
        await AssertPollsNoMoreAsync(proxy);
    }

    [Fact]
    public async Task A_pipeline_that_wants_no_more_ends_the_watch()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        await using var proxy = await RpcProxy.StartAsync(chain.RpcUrl);
        using var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {proxy.Server.Url}").ThrowOnError();

        host.Import(RestoredTools.Utility);
        var result = host.Invoke($"Watch-IExecTask -DealId {chain.State.Deals["bag"].DealId} -PollingIntervalSec 0.2 | Select-Object -First 2");

        Assert.Equal(2, result.As<IExecTaskUpdate>().Count);
        await AssertPollsNoMoreAsync(proxy);
    }

    private static async Task AssertPollsNoMoreAsync(RpcProxy proxy)
    {
        await proxy.Server.IdleAsync();
        var requests = proxy.Server.Requests.Count;
        await Task.Delay(TimeSpan.FromSeconds(0.5)); // more than a polling interval
        Assert.Equal(requests, proxy.Server.Requests.Count);
    }
}
