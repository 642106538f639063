using System;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Watching;

/// <summary>Watches with faults of the node, and through a WebSocket.</summary>
public sealed class WatchFaultTests
{
    [Fact]
    public async Task Emits_updates_from_a_WebSocket_without_waiting_for_the_next_poll()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        using var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {chain.WebSocketUrl}").ThrowOnError();
        var task = chain.State.Tasks["live0"];

        using var watch = host.Start($"Watch-IExecTask {task.TaskId} -Detailed -PollingIntervalSec 3600");
        watch.WaitForOutput(1);
        await chain.ContributeAsync(task.TaskId, task.Digest);
        await chain.RevealAsync(task.TaskId, task.Digest);
        await chain.FinalizeAsync(task.TaskId);
        var updates = watch.Wait().As<IExecTaskUpdate>();

        var worker = chain.State.Accounts.Worker1.Address;
        Assert.Equal(
            [
                (null, null),
                (IExecTaskEventKind.Contributed, worker),
                (IExecTaskEventKind.ConsensusReached, null),
                (IExecTaskEventKind.Revealed, worker),
                (IExecTaskEventKind.Finalized, null),
            ],
            updates.Select(update => (update.Event, update.Worker)));
        Assert.Equal(task.Digest, updates[3].Hash);
    }

    [Fact]
    public async Task Loses_nothing_when_the_node_is_killed_and_restarted()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();
        var task = chain.State.Tasks["live0"];

        using var watch = host.Start($"Watch-IExecTask {task.TaskId} -PollingIntervalSec 0.2");
        watch.WaitForOutput(1);
        await chain.KillAsync();
        await chain.RestartAsync();
        await chain.ContributeAsync(task.TaskId, task.Digest);
        await chain.RevealAsync(task.TaskId, task.Digest);
        await chain.FinalizeAsync(task.TaskId);
        var updates = watch.Wait().As<IExecTaskUpdate>();

        Assert.Equal(["ACTIVE", "REVEALING", "COMPLETED"], updates.Select(update => update.Task.StatusName));
    }

    [Fact]
    public async Task Emits_the_final_tasks_and_ends_at_the_timeout()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();
        var (open, final) = (chain.State.Tasks["active"].TaskId, chain.State.Tasks["completedSingle"].TaskId);

        var result = host.Invoke($"'{open}', '{final}' | Wait-IExecTask -TimeoutSec 1 -PollingIntervalSec 0.2");

        Assert.Equal("OperationTimedOut", result.SingleErrorId());
        Assert.Equal(open, result.Errors[0].TargetObject);
        Assert.Equal(final, ((IExecTask)Assert.Single(result.Output).BaseObject).TaskId);
    }

    [Fact]
    public async Task Ends_with_one_error_for_all_open_tasks_at_the_timeout()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();
        var first = await chain.CreateDealAsync("first", DevnetChain.CategoryXs, volume: 3);
        var second = await chain.CreateDealAsync("second", DevnetChain.CategoryXs, volume: 2);
        var open = chain.State.Tasks["active"].TaskId;

        foreach (var command in new[] { "Wait", "Watch" })
        {
            var result = host.Invoke($"& {{ [pscustomobject] @{{ DealId = '{first.DealId}', '{second.DealId}' }} }} | {command}-IExecTask -TimeoutSec 1 -PollingIntervalSec 0.2");

            Assert.Equal("OperationTimedOut", result.SingleErrorId());
            Assert.Equal($"5 of 5 tasks are not final after 1 s: 3 of deal {first.DealId}, 2 of deal {second.DealId}.", result.Errors[0].Exception.Message);
            Assert.Equal([.. first.Tasks.Concat(second.Tasks).Select(task => task.TaskId)], Assert.IsType<object[]>(result.Errors[0].TargetObject));
        }

        var single = host.Invoke($"Wait-IExecTask {open} -TimeoutSec 1 -PollingIntervalSec 0.2");
        Assert.Equal($"Task {open} is not final after 1 s: it is ACTIVE.", Assert.Single(single.Errors).Exception.Message);
    }

    [Fact]
    public async Task Ends_with_one_error_when_nothing_could_be_read_before_the_timeout()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        await using var proxy = await RpcProxy.StartAsync(chain.RpcUrl);
        using var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {proxy.Server.Url} -MaximumRetryCount 0").ThrowOnError();
        proxy.Intercept = _ => ScriptedReply.WithStatus(HttpStatusCode.ServiceUnavailable);
        var ids = new[] { 1, 2, 3 }.Select(number => "0x" + number.ToString("x64", System.Globalization.CultureInfo.InvariantCulture)).ToArray();

        var result = host.Invoke("param($ids) Wait-IExecTask -DealId $ids -TimeoutSec 0.5", ("ids", ids));

        Assert.Equal("OperationTimedOut", result.SingleErrorId());
        Assert.Equal("The tasks of 3 inputs could not be read within 0.5 s.", result.Errors[0].Exception.Message);
        Assert.Equal(ids, Assert.IsType<object[]>(result.Errors[0].TargetObject));
    }

    [Fact]
    public async Task A_deal_that_cannot_be_read_at_first_is_retried()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        await using var proxy = await RpcProxy.StartAsync(chain.RpcUrl);
        using var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {proxy.Server.Url} -MaximumRetryCount 0").ThrowOnError();
        var deal = await chain.CreateDealAsync("late", DevnetChain.CategoryXs, volume: 2);
        proxy.Intercept = _ => ScriptedReply.WithStatus(HttpStatusCode.ServiceUnavailable);

        Assert.Equal("OperationTimedOut", host.Invoke($"Watch-IExecTask -DealId {deal.DealId} -TimeoutSec 0.5").SingleErrorId());

        using var watch = host.Start($"Watch-IExecTask -DealId {deal.DealId} -PollingIntervalSec 0.2");
        watch.WaitForWarning("cannot be read");
        proxy.Intercept = _ => null;
        watch.WaitForOutput(deal.Volume);
        await chain.IncreaseTimeAsync(TimeSpan.FromMinutes(51));
        var result = watch.Wait();

        Assert.Equal(["UNSET", "UNSET", "TIMEOUT", "TIMEOUT"], result.As<IExecTaskUpdate>().Select(update => update.Task.StatusName));
        Assert.Single(result.Warnings, warning => warning.StartsWith("The chain cannot be read since", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_task_of_another_deal_is_an_error_at_once()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();
        var tasks = chain.State.Tasks;

        var result = host.Invoke($"Watch-IExecTask {tasks["active"].TaskId} -DealId {tasks["unset"].DealId}");

        Assert.Equal("TaskNotInDeal", result.SingleErrorId());
    }
}
