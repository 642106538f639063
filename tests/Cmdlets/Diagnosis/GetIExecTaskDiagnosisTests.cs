using System;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Diagnosis;

/// <summary>Each verdict, on a task in that state.</summary>
public sealed class GetIExecTaskDiagnosisTests(DiagnosisFixture fixture) : IClassFixture<DiagnosisFixture>
{
    private static readonly TimeSpan Contributions = TimeSpan.FromMinutes(35);

    [Fact]
    public async Task Waiting_for_the_workerpool_to_initialise()
    {
        var task = await fixture.CreateAsync();

        var diagnosis = Diagnose(task, byDeal: true);

        AssertSays(diagnosis, IExecTaskVerdict.Waiting, "The deal is made, and the workerpool has not initialised the task yet.", $"Watch-IExecTask -DealId {task.Deal.DealId} -Index 0");
        Assert.Equal(Contributions, diagnosis.By - diagnosis.Evidence[0].Timestamp);
    }

    [Fact]
    public async Task Waiting_for_a_worker()
    {
        var task = await (await (await fixture.CreateAsync()).InitializeAsync()).SayAsync("RUNNING");

        var diagnosis = Diagnose(task);

        AssertSays(diagnosis, IExecTaskVerdict.Waiting, "The task is initialised, and no worker has taken it yet.", $"Watch-IExecTask {task.Id}");
        Assert.Equal(["Initialized", "RUNNING"], diagnosis.Evidence.Select(happened => happened.Name));
        Assert.Empty(diagnosis.Unknown);
    }

    [Fact]
    public async Task Says_what_it_does_not_know()
    {
        var task = await (await fixture.CreateAsync()).InitializeAsync();

        var diagnosis = Diagnose(task);

        AssertSays(diagnosis, IExecTaskVerdict.Waiting, "The task is initialised, and no worker has contributed yet.", $"Watch-IExecTask {task.Id}");
        Assert.Contains("the scheduler's view is not available", Assert.Single(diagnosis.Unknown), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Running_while_a_worker_computes()
    {
        var task = await (await (await fixture.CreateAsync()).InitializeAsync()).SayAsync("RUNNING");
        await task.WorkAsync("COMPUTING");

        AssertSays(Diagnose(task), IExecTaskVerdict.Running, "Workers are at work on the task.", $"Watch-IExecTask {task.Id}");
    }

    [Fact]
    public async Task Running_once_the_workers_agree()
    {
        var task = await (await fixture.CreateAsync()).ContributeAsync();

        var diagnosis = Diagnose(task);

        AssertSays(diagnosis, IExecTaskVerdict.Running, "The workers agreed on a result, and are revealing and uploading it.", $"Watch-IExecTask {task.Id}");
        Assert.Equal(diagnosis.Task.RevealDeadline, diagnosis.By);
    }

    [Fact]
    public async Task Slow_when_half_of_the_time_has_passed()
    {
        var task = await (await fixture.CreateAsync()).InitializeAsync();
        await task.SayAsync("RUNNING");
        await task.WorkAsync("COMPUTING");
        await task.PassAsync(18);

        var diagnosis = Diagnose(task);

        AssertSays(diagnosis, IExecTaskVerdict.Slow, "More than half of the time for contributions has passed, and the workers have not agreed on a result.", $"Watch-IExecTask {task.Id}");
        Assert.Equal(diagnosis.Task.ContributionDeadline, diagnosis.By);
    }

    [Fact]
    public async Task Stuck_when_the_workerpool_does_not_initialise()
    {
        var task = await (await fixture.CreateAsync()).PassAsync(6);

        AssertSays(
            Diagnose(task, byDeal: true),
            IExecTaskVerdict.Stuck,
            "The workerpool has not initialised the task, which usually takes less than a minute.",
            $"Get-IExecTaskOffchainInfo -DealId {task.Deal.DealId} -Index 0");
    }

    [Fact]
    public async Task Stuck_when_all_workers_failed_with_the_end_of_their_logs()
    {
        var task = await (await (await fixture.CreateAsync()).InitializeAsync()).SayAsync("RUNNING");
        var worker = await task.WorkAsync("COMPUTE_FAILED", "APP_COMPUTE_FAILED");
        worker.ExitCode = 137;
        worker.Logs = ("", "one\ntwo\nthree\nfour\nfive\nkilled\u001b[2J\n");

        var own = Diagnose(task, fixture.Pool.Requester);
        var other = Diagnose(task);

        AssertSays(own, IExecTaskVerdict.Stuck, "All workers that took the task have failed. The application failed with exit code 137.", $"Get-IExecTaskLog {task.Id}");
        Assert.Equal(5, own.LogLines.Length);
        Assert.Equal($"{fixture.Pool.Worker}: killed\u001b[2J", own.LogLines[4]);
        Assert.Equal("APP_COMPUTE_FAILED", own.Evidence.Last().Cause);
        Assert.Empty(other.LogLines);
        Assert.StartsWith("The workers' logs: ", Assert.Single(other.Unknown), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stuck_when_no_worker_takes_it()
    {
        var task = await (await fixture.CreateAsync()).InitializeAsync();
        await task.SayAsync("RUNNING");
        await task.PassAsync(18);

        AssertSays(Diagnose(task), IExecTaskVerdict.Stuck, "No worker has taken the task, and more than half of the time for contributions has passed.", $"Get-IExecTaskOffchainInfo {task.Id}");
    }

    [Fact]
    public async Task Stuck_when_the_workerpool_does_not_finalise()
    {
        var task = await (await fixture.CreateAsync()).RevealAsync();
        await task.PassAsync(11);

        var diagnosis = Diagnose(task);

        AssertSays(diagnosis, IExecTaskVerdict.Stuck, "The workers revealed the result, but the workerpool has not finalised the task.", $"Get-IExecTaskOffchainInfo {task.Id}");
        Assert.Equal(diagnosis.Task.FinalDeadline, diagnosis.By);
    }

    [Fact]
    public async Task Cannot_succeed_when_the_time_for_contributions_is_over()
    {
        var task = await (await fixture.CreateAsync()).InitializeAsync();
        await task.PassAsync(36);

        var diagnosis = Diagnose(task);

        AssertSays(diagnosis, IExecTaskVerdict.CannotSucceed, "The time for contributions ended without a consensus.", $"Invoke-IExecTaskClaim {task.Id}");
        Assert.Equal((diagnosis.Task.FinalDeadline, null), (diagnosis.From, diagnosis.By));
    }

    [Fact]
    public async Task Cannot_succeed_when_no_worker_revealed()
    {
        var task = await (await fixture.CreateAsync()).ContributeAsync();
        await task.PassAsync(11);

        AssertSays(Diagnose(task), IExecTaskVerdict.CannotSucceed, "The workers agreed on a result, but none revealed it in time.", $"Invoke-IExecTaskClaim {task.Id}");
    }

    [Fact]
    public async Task Cannot_succeed_when_the_scheduler_gave_it_up()
    {
        var task = await (await fixture.CreateAsync()).InitializeAsync();
        await task.WorkAsync("APP_DOWNLOAD_FAILED", "APP_IMAGE_DOWNLOAD_FAILED");
        await task.SayAsync("RUNNING_FAILED");
        await task.SayAsync("FAILED");

        AssertSays(Diagnose(task), IExecTaskVerdict.CannotSucceed, "The workerpool has given up on the task. The worker could not download the app's image.", $"Invoke-IExecTaskClaim {task.Id}");
    }

    [Fact]
    public async Task Refundable_after_the_final_deadline_and_failed_once_claimed()
    {
        var task = await (await fixture.CreateAsync()).InitializeAsync();
        await task.PassAsync(51);

        var open = Diagnose(task);
        await fixture.Pool.Chain.ClaimAsync(task.Id);
        var claimed = Diagnose(task);

        AssertSays(open, IExecTaskVerdict.Refundable, "The task did not complete before its final deadline; a claim refunds its price.", $"Invoke-IExecTaskClaim {task.Id}");
        AssertSays(claimed, IExecTaskVerdict.Failed, "The task did not complete in time; it was claimed, and its price was refunded.", $"Get-IExecTaskEvent {task.Id}");
        Assert.Equal((null, null), (open.From, open.By));
        Assert.Equal("Claimed", claimed.Evidence.Last().Name);
    }

    [Fact]
    public async Task Completed_and_with_an_error_of_the_app()
    {
        var task = await (await fixture.CreateAsync()).FinalizeAsync();

        var unknown = Diagnose(task);
        await task.SayAsync("COMPLETED");
        var worker = await task.WorkAsync("COMPLETED");
        var good = Diagnose(task);
        worker.ExitCode = 1;
        var bad = Diagnose(task);

        AssertSays(unknown, IExecTaskVerdict.Completed, "The task is completed.", $"Save-IExecTaskResult {task.Id}");
        Assert.Single(unknown.Unknown);
        AssertSays(good, IExecTaskVerdict.Completed, "The task is completed.", $"Save-IExecTaskResult {task.Id}");
        Assert.Empty(good.Unknown);
        AssertSays(
            bad,
            IExecTaskVerdict.CompletedWithAppError,
            "The task is completed, but its run failed; the result may be an error report. The application failed with exit code 1.",
            $"Get-IExecTaskLog {task.Id}");
    }

    [Fact]
    public async Task Tasks_of_a_deal_with_the_same_problem_are_counted()
    {
        var task = await fixture.CreateAsync(volume: 12);
        await fixture.Pool.Chain.InitializeAsync(task.Deal.DealId, Enumerable.Range(0, 10));
        foreach (var failed in task.Deal.Tasks.Take(9))
        {
            fixture.Pool.Scheduler.Add(failed.TaskId, fixture.Pool.Requester.Address)
                .Move("RUNNING", DateTimeOffset.UtcNow)
                .AddReplicate(fixture.Pool.Worker).Move("APP_DOWNLOAD_FAILED", DateTimeOffset.UtcNow, "APP_IMAGE_DOWNLOAD_FAILED");
        }

        using var host = fixture.Pool.Connect(null);
        var groups = host.Invoke($"Get-IExecTaskDiagnosis -DealId {task.Deal.DealId} -WarningAction Ignore").As<IExecDealDiagnosis>();
        var each = host.Invoke($"Get-IExecTask -DealId {task.Deal.DealId} | Get-IExecTaskDiagnosis -WarningAction Ignore").As<IExecTaskDiagnosis>();

        Assert.Equal("9 of 12: All workers that took the task have failed. The worker could not download the app's image.", groups[0].ToString());
        Assert.Equal([9, 2, 1], groups.Select(group => group.Count));
        Assert.Equal([IExecTaskVerdict.Stuck, IExecTaskVerdict.Waiting, IExecTaskVerdict.Waiting], groups.Select(group => group.Verdict));
        Assert.Equal($"Get-IExecTaskLog -DealId {task.Deal.DealId}", groups[0].NextStep);
        Assert.Equal($"Watch-IExecTask -DealId {task.Deal.DealId} -Index 10, 11", groups[1].NextStep);
        Assert.Equal(task.Deal.Tasks.Select(one => one.TaskId), each.Select(diagnosis => diagnosis.TaskId));
        Assert.Equal(9, each.Count(diagnosis => diagnosis.Verdict == IExecTaskVerdict.Stuck));
    }

    /// <summary>One request per task: schedulers have no other way.</summary>
    [Fact]
    public async Task A_deal_of_a_thousand_tasks_takes_few_requests_to_the_node_and_one_a_task_to_the_scheduler()
    {
        var deal = fixture.Pool.Chain.State.Deals["bag"];
        foreach (var task in deal.Tasks)
            fixture.Pool.Scheduler.Add(task.TaskId, fixture.Pool.Requester.Address).Move("RUNNING", DateTimeOffset.UtcNow);
        using var host = fixture.Pool.Connect(null);
        var (node, scheduler, compass) = Count();

        var groups = host.Invoke($"Get-IExecTaskDiagnosis -DealId {deal.DealId} -WarningAction Ignore").As<IExecDealDiagnosis>();

        var (nodeAfter, schedulerAfter, compassAfter) = Count();
        Assert.Equal(1000, groups.Sum(group => group.Count));
        Assert.InRange(nodeAfter - node, 1, 20);
        Assert.Equal(1000, schedulerAfter - scheduler);
        Assert.Equal(1, compassAfter - compass);

        (int Node, int Scheduler, int Compass) Count() =>
            (fixture.Pool.Node.Server.Requests.Count, fixture.Pool.Scheduler.Server.Requests.Count, fixture.Pool.Compass!.Server.Requests.Count);
    }

    [Fact]
    public async Task A_schedulers_text_is_short_and_without_control_characters()
    {
        var task = await (await fixture.CreateAsync()).InitializeAsync();
        var known = fixture.Pool.Scheduler.Add(task.Id, fixture.Pool.Requester.Address).Move("RUN\u001b[2J<b>NING", DateTimeOffset.UnixEpoch);
        for (var i = 0; i < 10_000; i++)
        {
            known.AddReplicate(i == 0 ? fixture.Pool.Worker : $"0x{i:x40}")
                .Move("COMPUTE\u001b]0;owned\u0007_FAILED", DateTimeOffset.UnixEpoch, $"<script>\u001b[31m{i}\n\r\u202e{new string('x', i == 0 ? 100_000 : 50)}");
        }

        using var host = fixture.Pool.Connect(null, console: new HostOptions { SupportsVirtualTerminal = true, Width = 80 });

        var diagnosis = Diagnose(task);
        var screens = new[] { "", " | Format-Table", " | Format-List" }.Select(view => host.Render($"Get-IExecTaskDiagnosis {task.Id} -WarningAction Ignore{view}")).ToList();
        var ofDeal = host.Render($"Get-IExecTaskDiagnosis -DealId {task.Deal.DealId} -WarningAction Ignore");

        Assert.Equal(IExecTaskVerdict.Stuck, diagnosis.Verdict);
        Assert.Equal("All workers that took the task have failed.", diagnosis.Summary);
        Assert.InRange(diagnosis.Evidence.Length, 2, 20);
        Assert.Contains(diagnosis.Evidence, happened => happened.Cause?.Contains("\u001b[31m", StringComparison.Ordinal) == true); // the object keeps it
        Assert.Contains("<script>", screens[0], StringComparison.Ordinal);
        Assert.All(screens.Append(ofDeal), screen => Assert.DoesNotMatch("\u001b\\[2J|\u001b\\[31m|\u001b\\]0|[\u0007\u202e]", screen));
        Assert.All(screens.Append(ofDeal), screen => Assert.InRange(screen.Split('\n').Length, 1, 300));
    }

    private IExecTaskDiagnosis Diagnose(DiagnosedTask task, DevnetAccount? account = null, bool byDeal = false)
    {
        using var host = fixture.Pool.Connect(account);
        var named = byDeal ? $"-DealId {task.Deal.DealId} -Index 0" : task.Id;
        return Assert.Single(host.Invoke($"Get-IExecTaskDiagnosis {named}").As<IExecTaskDiagnosis>());
    }

    private static void AssertSays(IExecTaskDiagnosis diagnosis, IExecTaskVerdict verdict, string summary, string nextStep) =>
        Assert.Equal((verdict, summary, nextStep), (diagnosis.Verdict, diagnosis.Summary, diagnosis.NextStep));
}
