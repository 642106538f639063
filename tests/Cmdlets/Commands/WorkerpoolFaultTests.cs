using System;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.CmdletTests.Workerpools;

namespace IExec.Tasks.CmdletTests.Commands;

/// <summary>Workerpools that cannot be found, and faults of schedulers beyond the fault matrix.</summary>
public sealed class WorkerpoolFaultTests(WorkerpoolFixture workerpools) : IClassFixture<WorkerpoolFixture>
{
    private static readonly string[] Commands = ["Get-IExecTaskOffchainInfo", "Get-IExecTaskLog"];

    public static TheoryData<DevnetProfile> Profiles => [DevnetProfile.Arbitrum, DevnetProfile.Bellecour];

    [Theory]
    [InlineData("wp_noName", "noName", "WorkerpoolApiUndeclared")]
    [InlineData("wp_noUrl", "noUrl", "WorkerpoolApiUndeclared")]
    [InlineData("wp_badUrl", "badUrl", "WorkerpoolApiUndeclared")]
    [InlineData("wp_deadUrl", "deadUrl", "WorkerpoolApiError")]
    public async Task A_workerpool_without_a_usable_API_is_named(string task, string workerpool, string errorId)
    {
        foreach (var profile in Enum.GetValues<DevnetProfile>())
        {
            await using var pool = await workerpools.StartAsync(profile);
            using var host = pool.Connect(pool.Requester);
            foreach (var command in Commands)
            {
                var result = host.Invoke($"{command} {pool.TaskId(task)}");

                Assert.Equal((errorId, pool.TaskId(task)), (result.SingleErrorId(), result.Errors[0].TargetObject));
                Assert.Contains(pool.Chain.State.Workerpools[workerpool].Address, result.Errors[0].ToString());
                Assert.NotEmpty(result.Errors[0].ErrorDetails.RecommendedAction);
            }
        }
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/", "WorkerpoolApiUndeclared")]
    [InlineData("file:///etc/passwd", "WorkerpoolApiUndeclared")]
    [InlineData("/relative", "WorkerpoolApiUndeclared")]
    [InlineData("http://", "WorkerpoolApiUndeclared")]
    [InlineData("http://user:secret@127.0.0.1/", "WorkerpoolApiError")]
    public async Task A_forbidden_URL_is_not_used(string url, string errorId)
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        await pool.DeclareAsync("main", url);
        using var host = pool.Connect(null);

        var result = host.Invoke($"Get-IExecTaskOffchainInfo {pool.TaskId("active")}");

        Assert.Equal(errorId, result.SingleErrorId());
        Assert.DoesNotContain("secret", result.Errors[0].ToString());
    }

    [Theory]
    [InlineData("pool.example", true)]
    [InlineData("127.0.0.1, pool.example", false)]
    public async Task Nothing_is_sent_to_a_host_that_is_not_named(string hosts, bool isRefused)
    {
        foreach (var profile in Enum.GetValues<DevnetProfile>())
        {
            await using var pool = await workerpools.StartAsync(profile);
            using var host = pool.Connect(pool.Requester, $"-MaximumRetryCount 0 -WorkerpoolApiHost {hosts}");
            pool.AddRun(pool.TaskId("active"));
            foreach (var command in Commands)
            {
                var result = host.Invoke($"{command} {pool.TaskId("active")}");

                Assert.Equal(isRefused ? ["WorkerpoolApiError"] : [], result.ErrorIds());
                if (isRefused)
                    Assert.Contains("-WorkerpoolApiHost", result.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
            }

            Assert.Equal(isRefused, pool.Scheduler.Server.Requests.Count == 0);
        }
    }

    [Fact]
    public async Task The_first_signature_for_a_host_is_reported()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(pool.Requester);
        pool.AddRun(pool.TaskId("active"));

        var first = host.Invoke($"Get-IExecTaskLog {pool.TaskId("active")} -Verbose");
        pool.Scheduler.ExpireChallenges();
        var second = host.Invoke($"Get-IExecTaskLog {pool.TaskId("active")} -Verbose");

        var told = $"This is the first signature of this connection for {pool.Scheduler.Url.Authority}.";
        Assert.Contains(told, first.Verbose);
        Assert.Contains(second.Verbose, message => message.StartsWith("Signing the log challenge", StringComparison.Ordinal));
        Assert.DoesNotContain(told, second.Verbose);
    }

    [Fact]
    public async Task A_path_of_the_URL_is_kept_and_a_query_is_not()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        pool.Scheduler.BasePath = "/pool/v9";
        await pool.DeclareAsync("main", pool.Scheduler.Url + "?a=b#c");
        using var host = pool.Connect(pool.Requester);
        pool.AddRun(pool.TaskId("active"));

        foreach (var command in Commands)
            Assert.Single(host.Invoke($"{command} {pool.TaskId("active")}").Output);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task A_task_that_the_scheduler_does_not_know(DevnetProfile profile)
    {
        await using var pool = await workerpools.StartAsync(profile);
        using var host = pool.Connect(pool.Requester);
        var taskId = pool.TaskId("apiUnknownTask");

        var info = host.Invoke($"Get-IExecTaskOffchainInfo {taskId}");
        var log = host.Invoke($"Get-IExecTaskLog {taskId}");

        Assert.Equal("TaskNotFound", info.SingleErrorId());
        Assert.Contains("scheduler", info.Errors[0].ToString());
        Assert.Equal("NotRequester", log.SingleErrorId()); // 403 is what the server says of a task that it does not know
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task A_task_that_is_not_on_chain(DevnetProfile profile)
    {
        await using var pool = await workerpools.StartAsync(profile);
        using var host = pool.Connect(pool.Requester);
        var unknown = "0x" + new string('a', 64);
        pool.AddRun(pool.TaskId("active"));

        foreach (var command in Commands)
        {
            var result = host.Invoke("param($ids) $ids | " + command, ("ids", new[] { unknown, "0x12", pool.TaskId("active") }));

            Assert.Equal(["TaskNotFound", "InvalidTaskId"], result.ErrorIds());
            Assert.Equal([unknown, "0x12"], result.Errors.Select(error => error.TargetObject));
            Assert.Single(result.Output);
        }
    }

    [Fact]
    public async Task A_task_that_is_not_initialised_can_be_asked_about_by_its_deal()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null);
        var task = pool.Chain.State.Tasks["unset"];
        pool.Scheduler.Add(task.TaskId, pool.Requester.Address).Move("INITIALIZE_FAILED", DateTimeOffset.UnixEpoch);

        foreach (var command in new[] { $"Get-IExecTask -DealId {task.DealId} | Get-IExecTaskOffchainInfo", $"Get-IExecTaskOffchainInfo -DealId {task.DealId}" })
            Assert.Contains("initialise", Assert.Single(host.Invoke(command).As<IExecTaskOffchainInfo>()).Explanation);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "Unauthorized", "requester's")]
    [InlineData(HttpStatusCode.Forbidden, "NotRequester", "behind")]
    [InlineData(HttpStatusCode.NotFound, "LogNotFound", "three days")]
    [InlineData(HttpStatusCode.BadRequest, "WorkerpoolApiError", "owner")]
    [InlineData(HttpStatusCode.InternalServerError, "WorkerpoolApiError", "owner")]
    [InlineData(HttpStatusCode.TooManyRequests, "WorkerpoolApiError", "slow down")]
    public async Task Each_status_of_the_logs_has_its_id_and_advice(HttpStatusCode status, string errorId, string advice)
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(pool.Requester);
        var taskId = pool.TaskId("active");
        pool.AddRun(taskId);
        host.Invoke($"Get-IExecTaskLog {taskId}").ThrowOnError();
        pool.Scheduler.ExpireChallenges();
        var honest = pool.Scheduler.Server.Handler;
        pool.Scheduler.Server.Handler = request => request.Path.EndsWith("/logs", StringComparison.Ordinal) ? ScriptedReply.WithStatus(status) : honest(request);

        var result = host.Invoke($"Get-IExecTaskLog {taskId}");

        Assert.Equal((errorId, taskId), (result.SingleErrorId(), result.Errors[0].TargetObject));
        Assert.Contains(advice, result.Errors[0].ErrorDetails.RecommendedAction);
    }

    [Fact]
    public async Task Logs_that_are_not_there_yet_are_not_found()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(pool.Requester);
        var taskId = pool.TaskId("active");
        pool.Scheduler.Add(taskId, pool.Requester.Address).AddReplicate(pool.Worker).Move("COMPUTING", DateTimeOffset.UnixEpoch);

        Assert.Equal("LogNotFound", host.Invoke($"Get-IExecTaskLog {taskId}").SingleErrorId());
    }

    [Fact]
    public async Task A_response_about_another_task_is_WorkerpoolApiError()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null);
        pool.Scheduler.Server.Enqueue(ScriptedReply.Json($$"""{"chainTaskId":"0x{{new string('b', 64)}}"}"""));

        var result = host.Invoke($"Get-IExecTaskOffchainInfo {pool.TaskId("active")}");

        Assert.Equal("WorkerpoolApiError", result.SingleErrorId());
        Assert.Contains(pool.Address, result.Errors[0].ToString());
    }

    [Fact]
    public async Task Logs_of_another_task_are_WorkerpoolApiError()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(pool.Requester);
        var taskId = pool.TaskId("active");
        pool.Scheduler.Add(taskId, pool.Requester.Address).AddReplicate(pool.Worker).Logs = ("hello", "");
        host.Invoke($"Get-IExecTaskLog {taskId}").ThrowOnError(); // the signature is known from now on
        pool.Scheduler.Server.Enqueue(ScriptedReply.Json($$"""{"chainTaskId":"0x{{new string('b', 64)}}","computeLogsList":[{"walletAddress":"{{pool.Worker}}","stdout":"other"}]}"""));

        var result = host.Invoke($"Get-IExecTaskLog {taskId}");

        Assert.Equal("WorkerpoolApiError", result.SingleErrorId());
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("\"\"")]
    [InlineData("[{\"stdout\":7}]")]
    public async Task Logs_of_a_wrong_shape_are_WorkerpoolApiError(string list)
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(pool.Requester);
        var taskId = pool.TaskId("active");
        pool.Scheduler.Add(taskId, pool.Requester.Address).AddReplicate(pool.Worker).Logs = ("hello", "");
        host.Invoke($"Get-IExecTaskLog {taskId}").ThrowOnError(); // the signature is known from now on
        pool.Scheduler.Server.Enqueue(ScriptedReply.Json($$"""{"chainTaskId":"{{taskId}}","computeLogsList":{{list}}}"""));

        Assert.Equal("WorkerpoolApiError", host.Invoke($"Get-IExecTaskLog {taskId}").SingleErrorId());
    }

    [Fact]
    public async Task A_status_that_is_not_text_is_WorkerpoolApiError()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null);
        var taskId = pool.TaskId("active");
        pool.Scheduler.Server.Enqueue(ScriptedReply.Json($$$"""{"chainTaskId":"{{{taskId}}}","currentStatus":{"name":"RUNNING"}}"""));

        var result = host.Invoke($"Get-IExecTaskOffchainInfo {taskId}");

        Assert.Equal("WorkerpoolApiError", result.SingleErrorId());
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("{\"apiUrl\":12}")]
    [InlineData("{\"apiUrl\":null}")]
    [InlineData("{\"apiUrl\":\"\"}")]
    public async Task An_invalid_URL_from_Compass_is_WorkerpoolApiUndeclared(string body)
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null);
        pool.Compass!.Server.Enqueue(ScriptedReply.Json(body));

        Assert.Equal("WorkerpoolApiUndeclared", host.Invoke($"Get-IExecTaskOffchainInfo {pool.TaskId("active")}").SingleErrorId());
    }

    [Theory]
    [InlineData("Get-IExecTaskOffchainInfo")]
    [InlineData("Get-IExecTaskEvent")]
    [InlineData("Get-IExecTaskDiagnosis")]
    public async Task Ctrl_C_ends_a_wait_for_a_scheduler_that_hangs(string command)
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null);
        pool.Scheduler.Server.Enqueue(new ScriptedReply { Delay = TimeSpan.FromMinutes(5) });
        using var running = host.Start($"{command} {pool.TaskId("active")}");
        while (pool.Scheduler.Server.Requests.Count == 0)
            await Task.Delay(10);

        running.Stop();

        Assert.Equal(System.Management.Automation.PSInvocationState.Stopped, running.State);
    }
}
