using System;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Watching;

/// <summary>States that are undone: the chain was reorganised, or a node behind a load balancer lags.</summary>
public sealed class WatchReorganizationTests : IAsyncLifetime
{
    private DevnetChain _chain = null!;

    public static TheoryData<string> Connections => ["http", "ws"];

    public async Task InitializeAsync() => _chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);

    public async Task DisposeAsync() => await _chain.DisposeAsync();

    [Theory]
    [MemberData(nameof(Connections))]
    public async Task A_consensus_that_a_reorganisation_undoes_is_emitted_again_when_it_is_reached_again(string scheme)
    {
        using var host = Connect(scheme);
        var task = _chain.State.Tasks["live0"];
        using var watch = Start(host, task.TaskId);
        watch.WaitForOutput(1);

        var before = await _chain.SnapshotAsync();
        await _chain.ContributeAsync(task.TaskId, task.Digest);
        watch.WaitForOutput(2);
        await _chain.RevertAsync(before);
        await _chain.MineAsync(3);
        watch.WaitForOutput(3);
        await CompleteAsync(task);

        Assert.Equal(["ACTIVE", "REVEALING", "ACTIVE", "REVEALING", "COMPLETED"], watch.Wait().As<IExecTaskUpdate>().Select(update => update.Task.StatusName));
    }

    [Fact]
    public async Task A_final_state_that_a_reorganisation_undoes_is_emitted_once()
    {
        using var host = Connect("http");
        var (first, second) = (_chain.State.Tasks["live0"], _chain.State.Tasks["live1"]);
        using var watch = Start(host, first.TaskId, second.TaskId);
        watch.WaitForOutput(2);

        var before = await _chain.SnapshotAsync();
        await CompleteAsync(first);
        watch.WaitForOutput(4);
        await _chain.RevertAsync(before);
        await _chain.MineAsync(5);
        await CompleteAsync(first);
        await CompleteAsync(second);

        var updates = watch.Wait().As<IExecTaskUpdate>();
        Assert.Single(updates, update => update.IsFinal && update.TaskId == first.TaskId);
        Assert.Single(updates, update => update.IsFinal && update.TaskId == second.TaskId);
    }

    [Fact]
    public async Task A_final_state_in_a_block_that_replaces_another_is_not_hidden()
    {
        using var host = Connect("http");
        var task = _chain.State.Tasks["live0"];
        await _chain.ContributeAsync(task.TaskId, task.Digest);
        await _chain.RevealAsync(task.TaskId, task.Digest);
        using var watch = Start(host, task.TaskId);
        watch.WaitForOutput(1);

        var before = await _chain.SnapshotAsync();
        await _chain.MineAsync();
        await Task.Delay(TimeSpan.FromSeconds(0.5)); // so that the watch sees the block, most likely
        await _chain.RevertAsync(before);
        await _chain.FinalizeAsync(task.TaskId);

        Assert.Equal(["REVEALING", "COMPLETED"], watch.Wait().As<IExecTaskUpdate>().Select(update => update.Task.StatusName));
    }

    [Fact]
    public async Task A_lagging_node_behind_a_load_balancer_hides_nothing_and_repeats_nothing()
    {
        await using var balancer = await LaggingNode.StartAsync(_chain);
        using var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {balancer.Url}").ThrowOnError();
        var deal = await _chain.CreateDealAsync("lagging", DevnetChain.CategoryXs, volume: 8);
        await _chain.MineAsync(3);
        using var watch = host.Start($"Watch-IExecTask -DealId {deal.DealId} -Detailed -PollingIntervalSec 0.2");
        watch.WaitForOutput(deal.Volume);

        await new DevnetWorkforce(_chain, deal, seed: 7).RunAsync(TimeSpan.FromSeconds(3));

        var result = watch.Wait();
        await WatchedDeal.AssertAllToldAsync(_chain, deal, result.As<IExecTaskUpdate>(), knowsTransactions: false);
        Assert.InRange(balancer.Lagged, 5, int.MaxValue);
        Assert.DoesNotContain(result.Warnings, warning => warning.Contains("cannot be read", StringComparison.Ordinal));
    }

    private static RunningPipeline Start(PowerShellHost host, params string[] taskIds) =>
        host.Start($"Watch-IExecTask {string.Join(", ", taskIds)} -PollingIntervalSec 0.2");

    private PowerShellHost Connect(string scheme)
    {
        var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {new UriBuilder(_chain.RpcUrl) { Scheme = scheme }.Uri}").ThrowOnError();
        return host;
    }

    private async Task CompleteAsync(DevnetTask task)
    {
        await _chain.ContributeAsync(task.TaskId, task.Digest);
        await _chain.RevealAsync(task.TaskId, task.Digest);
        await _chain.FinalizeAsync(task.TaskId);
    }
}
