using System;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.CmdletTests.Workerpools;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.CmdletTests.Events;

/// <summary>The scheduler's events among those of the chain.</summary>
public sealed class SchedulerEventTests(WorkerpoolFixture workerpools) : IClassFixture<WorkerpoolFixture>
{
    public static TheoryData<DevnetProfile> Profiles => [DevnetProfile.Arbitrum, DevnetProfile.Bellecour];

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Statuses_of_task_and_workers_stand_among_the_chains_events(DevnetProfile profile)
    {
        await using var pool = await workerpools.StartAsync(profile);
        using var host = pool.Connect(null);
        var taskId = pool.TaskId("revealing");
        var chain = host.Invoke($"Get-IExecTaskEvent {taskId}").As<IExecTaskEvent>();
        var (initialized, contributed) = (Time(chain, "Initialized"), Time(chain, "Contributed"));
        var task = pool.Scheduler.Add(taskId, pool.Requester.Address).Move("RECEIVED", initialized.AddSeconds(-0.5)).Move("INITIALIZED", initialized.AddSeconds(0.2)).Move("RUNNING", initialized.AddSeconds(0.2));
        task.AddReplicate(pool.Worker)
            .Move("CREATED", initialized.AddSeconds(0.3))
            .Move("CONTRIBUTED", contributed.AddSeconds(1))
            .Move("COMPUTE_FAILED", contributed.AddSeconds(3), "APP_COMPUTE_FAILED")
            .ExitCode = 137;

        var result = host.Invoke($"Get-IExecTaskEvent {taskId}");

        var events = result.As<IExecTaskEvent>();
        Assert.Empty(result.Warnings);
        Assert.Equal(chain.Select(happened => happened.Name), events.Where(happened => happened.Source == IExecTaskEventSource.Chain).Select(happened => happened.Name));
        Assert.Equal(["RECEIVED", "INITIALIZED", "RUNNING", "CREATED", "CONTRIBUTED", "COMPUTE_FAILED"], events.Where(happened => happened.Source == IExecTaskEventSource.Scheduler).Select(happened => happened.Name));
        Assert.Equal(events.OrderBy(happened => happened.Timestamp), events);
        var failed = events.Single(happened => happened.Name == "COMPUTE_FAILED");
        Assert.Equal((pool.Worker, "APP_COMPUTE_FAILED", (IExecTaskEventKind?)null), (failed.Worker, failed.Cause, failed.Kind));
        Assert.StartsWith("The application failed with exit code 137.", failed.Explanation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-30, "at least 30.0 s behind the chain's")]
    [InlineData(3600, "up to 1 h 00 m ahead of the chain's")]
    public async Task A_scheduler_with_another_clock_is_warned_of_and_each_history_keeps_its_order(int offset, string words)
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null);
        var taskId = pool.TaskId("revealing");
        var initialized = Time(host.Invoke($"Get-IExecTaskEvent {taskId}").As<IExecTaskEvent>(), "Initialized").AddSeconds(offset);
        pool.Scheduler.Add(taskId, pool.Requester.Address).Move("INITIALIZED", initialized).Move("RUNNING", initialized.AddSeconds(-600)).Move("FAILED", initialized.AddSeconds(1));

        var result = host.Invoke($"Get-IExecTaskEvent {taskId}");

        Assert.Contains(words, Assert.Single(result.Warnings), StringComparison.Ordinal);
        var events = result.As<IExecTaskEvent>();
        Assert.Equal(["INITIALIZED", "RUNNING", "FAILED"], events.Where(happened => happened.Source == IExecTaskEventSource.Scheduler).Select(happened => happened.Name));
        Assert.Equal(["DealMatched", "Initialized", "Contributed", "ConsensusReached"], events.Where(happened => happened.Source == IExecTaskEventSource.Chain).Select(happened => happened.Name));
    }

    [Theory]
    [InlineData("wp_noUrl", "has not published an API URL")]
    [InlineData("wp_deadUrl", "failed")]
    [InlineData("active", "does not know task")]
    public async Task Without_a_scheduler_there_are_the_chains_events_and_a_warning(string name, string words)
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null);

        var result = host.Invoke($"Get-IExecTaskEvent {pool.TaskId(name)}");

        Assert.Equal(["DealMatched", "Initialized"], result.As<IExecTaskEvent>().Select(happened => happened.Name).Take(2));
        Assert.Contains(words, Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scheduler_that_is_down_is_not_asked_for_each_of_many_tasks()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null);
        pool.Scheduler.Server.Handler = _ => Fakes.ScriptedReply.WithStatus(System.Net.HttpStatusCode.InternalServerError);

        var result = host.Invoke($"Get-IExecTaskEvent -DealId {pool.Chain.State.Deals["bag"].DealId}");

        Assert.Equal(1000, result.As<IExecTaskEvent>().Select(happened => happened.TaskId).Distinct().Count());
        Assert.Contains("of 1000 tasks is missing", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.InRange(pool.Scheduler.Server.Requests.Count, 3, 16);
    }

    [Fact]
    public async Task Untrusted_text_is_raw_in_the_object_and_escaped_on_the_terminal()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null, console: new Hosting.HostOptions { SupportsVirtualTerminal = true });
        var taskId = pool.TaskId("active");
        var replicate = pool.Scheduler.Add(taskId, pool.Requester.Address).Move("RUN\u001b[2J<b>NING", DateTimeOffset.UnixEpoch).AddReplicate(pool.Worker);
        for (var i = 0; i < 10_000; i++)
            replicate.Move("ABORTED", DateTimeOffset.UnixEpoch, $"<script>\u001b]0;{i}\u0007\n\r\u202e");

        var result = host.Invoke($"Get-IExecTaskEvent {taskId}");
        var text = host.Render($"$events = Get-IExecTaskEvent {taskId} -WarningAction Ignore; $events[0..40]");

        Assert.Equal(10_001, result.As<IExecTaskEvent>().Count(happened => happened.Source == IExecTaskEventSource.Scheduler));
        Assert.Contains(result.As<IExecTaskEvent>(), happened => happened.Name == "RUN\u001b[2J<b>NING");
        Assert.Contains("<script>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[2J", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b]", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u0007', text);
        Assert.DoesNotContain('\u202e', text);
    }

    private static DateTimeOffset Time(System.Collections.Generic.IEnumerable<IExecTaskEvent> events, string name) => events.First(happened => happened.Name == name).Timestamp!.Value;
}
