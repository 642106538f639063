using System;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Threading.Tasks;
using IExec.Tasks.CmdletTests.Workerpools;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.CmdletTests.Commands;

/// <summary>Logs that are followed with <c>-Wait</c>, and their last lines.</summary>
public sealed class FollowIExecTaskLogTests : IAsyncLifetime
{
    private const string Follow = "-Wait -PollingIntervalSec 0.2";

    /// <summary>A chain for each test, since tasks finish here.</summary>
    private DevnetChain _chain = null!;

    [Fact]
    public async Task Emits_what_is_new_and_ends_when_the_task_is_completed()
    {
        await using var pool = await StartAsync();
        using var host = pool.Connect(pool.Requester);
        var task = pool.Chain.State.Tasks["live0"];
        var run = pool.Scheduler.Add(task.TaskId, pool.Requester.Address);
        var first = run.AddReplicate(pool.Worker);

        using var follow = host.Start($"Get-IExecTaskLog {task.TaskId} {Follow}");
        await LookAsync(pool);
        first.Logs = ("one\n", "");
        follow.WaitForOutput(1);
        first.Logs = ("one\ntwo\n", "oh\n");
        follow.WaitForOutput(2);
        first.Logs = ("other\n", "oh\n");
        follow.WaitForOutput(3);
        var second = pool.Chain.State.Accounts.Worker2.Address;
        run.AddReplicate(second).Logs = ("", "");
        follow.WaitForOutput(4);
        await LookAsync(pool);
        Assert.False(follow.IsCompleted);
        await CompleteAsync(pool.Chain, task);
        var result = follow.Wait();

        Assert.Empty(result.AllErrors());
        Assert.Equal(
            [(pool.Worker, "one\n", ""), (pool.Worker, "two\n", "oh\n"), (pool.Worker, "other\n", ""), (second, "", "")],
            result.As<IExecTaskLog>().Select(log => (log.Worker, log.Stdout, log.Stderr)));
    }

    [Fact]
    public async Task A_log_that_comes_with_the_end_is_not_missed()
    {
        await using var pool = await StartAsync();
        using var host = pool.Connect(pool.Requester);
        var task = pool.Chain.State.Tasks["live0"];

        using var follow = host.Start($"Get-IExecTaskLog {task.TaskId} -Wait -PollingIntervalSec 1");
        await LookAsync(pool); // the scheduler does not know the task yet, and says 403
        pool.AddRun(task.TaskId);
        await CompleteAsync(pool.Chain, task);

        Assert.Equal("hello\nworld\n", Assert.Single(follow.Wait().As<IExecTaskLog>()).Stdout);
    }

    [Fact]
    public async Task Ends_at_the_deadline_on_the_chain()
    {
        await using var pool = await StartAsync();
        using var host = pool.Connect(pool.Requester);
        var deal = await pool.Chain.CreateDealAsync("followed", DevnetChain.CategoryXs, volume: 2);
        await pool.Chain.InitializeAsync(deal.DealId, 0);
        pool.AddRun(deal.Tasks[0].TaskId);
        pool.Scheduler.Add(deal.Tasks[1].TaskId, pool.Requester.Address);

        using var follow = host.Start($"Get-IExecTaskLog -DealId {deal.DealId} {Follow}");
        follow.WaitForOutput(1);
        Assert.DoesNotContain(pool.Scheduler.Server.Requests, request => request.Path.Contains(deal.Tasks[1].TaskId, StringComparison.Ordinal));
        await pool.Chain.IncreaseTimeAsync(TimeSpan.FromMinutes(51));
        var result = follow.Wait();

        Assert.Equal(deal.Tasks[0].TaskId, Assert.IsType<IExecTaskLog>(Assert.Single(result.Output).BaseObject).TaskId);
        Assert.Equal(("LogNotFound", deal.DealId), (result.SingleErrorId(), result.Errors[0].TargetObject)); // the other is not initialised
    }

    [Theory]
    [InlineData("-Tail 1", "three\n", "four\n")]
    [InlineData("-Tail 0", "four\n")]
    [InlineData("", "one\ntwo\nthree\n", "four\n")]
    public async Task Tail_applies_to_the_logs_at_the_start(string tail, params string[] expected)
    {
        await using var pool = await StartAsync();
        using var host = pool.Connect(pool.Requester);
        var task = pool.Chain.State.Tasks["live0"];
        var replicate = pool.Scheduler.Add(task.TaskId, pool.Requester.Address).AddReplicate(pool.Worker);
        replicate.Logs = ("one\ntwo\nthree\n", "");

        using var follow = host.Start($"Get-IExecTaskLog {task.TaskId} {Follow} {tail}");
        await LookAsync(pool);
        replicate.Logs = ("one\ntwo\nthree\nfour\n", "");
        follow.WaitForOutput(expected.Length);
        await CompleteAsync(pool.Chain, task);

        Assert.Equal(expected, follow.Wait().As<IExecTaskLog>().Select(log => log.Stdout));
    }

    [Fact]
    public async Task Tail_alone_gives_the_last_lines_of_both_outputs()
    {
        await using var pool = await StartAsync();
        using var host = pool.Connect(pool.Requester);
        var taskId = pool.TaskId("active");
        pool.AddRun(taskId, "one\ntwo\n", "three\nfour");

        var log = Assert.Single(host.Invoke($"Get-IExecTaskLog {taskId} -Tail 1").As<IExecTaskLog>());

        Assert.Equal(("two\n", "four"), (log.Stdout, log.Stderr));
        Assert.Empty(host.Invoke($"Get-IExecTaskLog {taskId} -Tail 0").Output);
        Assert.NotEmpty(host.Invoke($"Get-IExecTaskLog {taskId} -Tail -1").AllErrors());
    }

    [Fact]
    public async Task The_logs_of_a_final_task_are_requested_once()
    {
        await using var pool = await StartAsync();
        using var host = pool.Connect(pool.Requester);
        var (run, none) = (pool.TaskId("completedSingle"), pool.TaskId("completedDirectory"));
        pool.AddRun(run);
        pool.Scheduler.Add(none, pool.Requester.Address);

        var result = host.Invoke($"'{run}', '{none}', '{run}' | Get-IExecTaskLog {Follow}");

        Assert.Equal(run, Assert.IsType<IExecTaskLog>(Assert.Single(result.Output).BaseObject).TaskId);
        Assert.Equal(("LogNotFound", none), (result.SingleErrorId(), result.Errors[0].TargetObject));
        Assert.Equal(2, pool.Scheduler.Count("/logs"));
        Assert.Empty(host.Invoke($"@() | Get-IExecTaskLog {Follow}").Output);
    }

    [Fact]
    public async Task A_temporary_outage_of_the_scheduler_is_warned_of_once_and_waited_out()
    {
        await using var pool = await StartAsync();
        using var host = pool.Connect(pool.Requester);
        var task = pool.Chain.State.Tasks["live0"];
        pool.AddRun(task.TaskId);
        var honest = pool.Scheduler.Server.Handler;
        pool.Scheduler.Server.Handler = _ => ScriptedReply.WithStatus(HttpStatusCode.ServiceUnavailable);

        using var follow = host.Start($"Get-IExecTaskLog {task.TaskId} {Follow}");
        follow.WaitUntil(() => pool.Scheduler.Server.Requests.Count >= 2);
        Assert.False(follow.IsCompleted);
        pool.Scheduler.Server.Handler = honest;
        follow.WaitForOutput(1);
        await CompleteAsync(pool.Chain, task);
        var result = follow.Wait();

        Assert.Single(result.As<IExecTaskLog>());
        Assert.Empty(result.AllErrors());
        Assert.StartsWith("Logs cannot be followed since", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_temporary_outage_of_the_node_is_warned_of_once_and_waited_out()
    {
        await using var pool = await StartAsync();
        using var host = pool.Connect(pool.Requester);
        var task = pool.Chain.State.Tasks["live0"];
        pool.AddRun(task.TaskId);
        var honest = pool.Node.Server.Handler;

        using var follow = host.Start($"Get-IExecTaskLog {task.TaskId} {Follow}");
        follow.WaitForOutput(1);
        pool.Node.Server.Handler = _ => ScriptedReply.WithStatus(HttpStatusCode.ServiceUnavailable);
        follow.WaitForWarning("Logs cannot be followed since");
        pool.Node.Server.Handler = honest;
        await CompleteAsync(pool.Chain, task);
        var result = follow.Wait();

        Assert.Single(result.As<IExecTaskLog>());
        Assert.Single(result.Warnings);
    }

    [Fact]
    public async Task A_workerpool_that_does_not_respond_delays_no_other()
    {
        await using var pool = await StartAsync();
        await pool.DeclareAsync("deadUrl", "http://127.0.0.1:1");
        using var host = pool.Connect(pool.Requester);
        var good = pool.TaskId("live0");
        pool.AddRun(good);

        using var follow = host.Start($"'{pool.TaskId("wp_deadUrl")}', '{good}' | Get-IExecTaskLog {Follow}");
        follow.WaitForWarning(pool.Chain.State.Workerpools["deadUrl"].Address);
        follow.WaitForOutput(1);
        Assert.False(follow.IsCompleted);
        follow.Stop();

        Assert.Equal(good, Assert.IsType<IExecTaskLog>(follow.Output[0].BaseObject).TaskId);
    }

    [Fact]
    public async Task A_task_that_fails_at_the_scheduler_delays_no_other()
    {
        await using var pool = await StartAsync();
        using var host = pool.Connect(pool.Requester);
        var (bad, good) = (pool.TaskId("active"), pool.TaskId("live0"));
        pool.AddRun(good);
        var honest = pool.Scheduler.Server.Handler;
        pool.Scheduler.Server.Handler = request => request.Path.Contains(bad, StringComparison.Ordinal)
            ? ScriptedReply.WithStatus(HttpStatusCode.InternalServerError)
            : honest(request);

        using var follow = host.Start($"'{bad}', '{good}' | Get-IExecTaskLog {Follow}");
        follow.WaitForOutput(1);
        follow.Stop();

        Assert.Equal(good, Assert.IsType<IExecTaskLog>(follow.Output[0].BaseObject).TaskId);
        Assert.Equal(PSInvocationState.Stopped, follow.State);
    }

    [Fact]
    public async Task Many_tasks_are_read_together_and_their_logs_once_per_poll()
    {
        await using var pool = await StartAsync();
        using var host = pool.Connect(pool.Requester);
        string[] taskIds = [.. pool.Chain.State.Deals["bag"].Tasks.Where(task => task.State == "active").Take(50).Select(task => task.TaskId)];
        foreach (var taskId in taskIds)
            pool.AddRun(taskId, taskId);
        host.Set("ids", taskIds);

        using var follow = host.Start("$ids | Get-IExecTaskLog -Wait -PollingIntervalSec 3600");
        follow.WaitForOutput(taskIds.Length);
        var reads = pool.Node.Server.Requests.Count;
        follow.Stop();

        Assert.Equal(taskIds, follow.Output.Select(item => ((IExecTaskLog)item.BaseObject).Stdout));
        Assert.Equal(taskIds.Length, pool.Scheduler.Count("/logs"));
        Assert.Equal(1, pool.Scheduler.Count("/challenge"));
        Assert.InRange(reads, 1, 10); // connecting, tasks, deals, and the poll
    }

    [Fact]
    public async Task Only_the_requester_can_follow()
    {
        await using var pool = await StartAsync();
        using var host = pool.Connect(pool.Chain.State.Accounts.Anyone);
        using var reader = pool.Connect(null);

        Assert.Equal("NotRequester", host.Invoke($"Get-IExecTaskLog {pool.TaskId("active")} {Follow}").SingleErrorId());
        Assert.Equal("SignerRequired", reader.Invoke($"Get-IExecTaskLog {pool.TaskId("active")} {Follow}").SingleErrorId());
        Assert.Empty(pool.Scheduler.Server.Requests);
    }

    public async Task InitializeAsync() => _chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);

    public async Task DisposeAsync() => await _chain.DisposeAsync();

    private Task<Workerpool> StartAsync() => Workerpool.StartAsync(_chain);

    /// <summary>Waits for two more requests to the scheduler, so that a whole poll has ended.</summary>
    private static async Task LookAsync(Workerpool pool)
    {
        var before = pool.Scheduler.Count("/logs");
        while (pool.Scheduler.Count("/logs") < before + 2)
            await Task.Delay(20).WaitAsync(TimeSpan.FromMinutes(1));
    }

    private static async Task CompleteAsync(DevnetChain chain, DevnetTask task)
    {
        await chain.ContributeAsync(task.TaskId, task.Digest);
        await chain.RevealAsync(task.TaskId, task.Digest);
        await chain.FinalizeAsync(task.TaskId);
    }
}
