using System;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.ModuleTests.Workerpools;

namespace IExec.Tasks.ModuleTests.Commands;

/// <summary>What a user sees when a workerpool cannot be found, or its scheduler misbehaves.</summary>
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
    public async Task A_URL_that_may_not_be_used_is_not(string url, string errorId)
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        await pool.DeclareAsync("main", url);
        using var host = pool.Connect(null);

        var result = host.Invoke($"Get-IExecTaskOffchainInfo {pool.TaskId("active")}");

        Assert.Equal(errorId, result.SingleErrorId());
        Assert.DoesNotContain("secret", result.Errors[0].ToString());
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
        foreach (var profile in Enum.GetValues<DevnetProfile>())
        {
            await using var pool = await workerpools.StartAsync(profile);
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

    public static TheoryData<string, Func<ScriptedReply>> BadAnswers => new()
    {
        { "not JSON", () => ScriptedReply.WithStatus(HttpStatusCode.OK, "<html>hello</html>", "text/html") },
        { "a list", () => ScriptedReply.Json("[]") },
        { "another task", () => ScriptedReply.Json($$"""{"chainTaskId":"0x{{new string('b', 64)}}"}""") },
        { "nested too deep", () => ScriptedReply.Json(new string('[', 100_000)) },
        { "cut off", () => new ScriptedReply { Body = new byte[100], TruncateAfter = 10 } },
        { "500", () => ScriptedReply.WithStatus(HttpStatusCode.InternalServerError, """{"error":"Internal Server Error"}""") },
        { "empty 401", () => ScriptedReply.WithStatus(HttpStatusCode.Unauthorized) },
        { "empty 403", () => ScriptedReply.WithStatus(HttpStatusCode.Forbidden) },
        { "a huge body", () => new ScriptedReply { Body = Encoding.ASCII.GetBytes(new string(' ', 40 * 1024 * 1024)), Chunked = true } },
        { "a huge compressed body", () => new ScriptedReply { Body = new byte[40 * 1024 * 1024], Gzip = true, Chunked = true } },
        { "a slow answer", () => new ScriptedReply { Delay = TimeSpan.FromMinutes(1) } },
        { "a slow body", () => ScriptedReply.Json("{ }") with { DelayInBody = TimeSpan.FromMinutes(1) } },
        { "a redirect to another host", () => ScriptedReply.Redirect(HttpStatusCode.Found, "http://169.254.169.254/latest/meta-data") },
        { "a redirect to another port", () => ScriptedReply.Redirect(HttpStatusCode.MovedPermanently, "http://127.0.0.1:1/") },
    };

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task An_answer_that_cannot_be_used_is_the_workerpools_error(DevnetProfile profile)
    {
        await using var pool = await workerpools.StartAsync(profile);
        using var host = pool.Connect(pool.Requester, "-MaximumRetryCount 0 -TimeoutSec 2");
        var taskId = pool.TaskId("active");
        pool.AddRun(taskId);
        foreach (var row in BadAnswers)
        {
            var (name, reply) = ((string)row[0], (Func<ScriptedReply>)row[1]);
            foreach (var command in Commands)
            {
                pool.Scheduler.Server.Enqueue(reply());
                var result = host.Invoke($"{command} {taskId}");
                var expected = (name, command) switch
                {
                    ("a list", "Get-IExecTaskLog") or ("another task", "Get-IExecTaskLog") => "ChallengeRejected",
                    _ => "WorkerpoolApiError",
                };
                Assert.True(result.ErrorIds().SequenceEqual([expected]), $"{name}: {string.Join(", ", result.AllErrors())}");
                Assert.Contains(pool.Address, result.AllErrors().Single().ToString());
            }
        }

        Assert.Empty(pool.Scheduler.Authorizations);
    }

    [Fact]
    public async Task A_passing_failure_is_retried()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null, "-MaximumRetryCount 1");
        pool.AddRun(pool.TaskId("active"));
        pool.Scheduler.Server.Enqueue(ScriptedReply.WithStatus(HttpStatusCode.BadGateway));

        Assert.Single(host.Invoke($"Get-IExecTaskOffchainInfo {pool.TaskId("active")}").As<IExecTaskOffchainInfo>());
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "", "WorkerpoolApiError")]
    [InlineData(HttpStatusCode.NotFound, "", "WorkerpoolApiUndeclared")]
    [InlineData(HttpStatusCode.OK, "<html>", "WorkerpoolApiUndeclared")]
    [InlineData(HttpStatusCode.OK, "{\"name\":\"x\"}", "WorkerpoolApiUndeclared")]
    [InlineData(HttpStatusCode.OK, "{\"apiUrl\":12}", "WorkerpoolApiUndeclared")]
    public async Task Compass_may_fail_or_know_nothing(HttpStatusCode status, string body, string errorId)
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null);
        pool.Compass!.Server.Enqueue(ScriptedReply.WithStatus(status, body));

        Assert.Equal(errorId, host.Invoke($"Get-IExecTaskOffchainInfo {pool.TaskId("active")}").SingleErrorId());
    }

    [Fact]
    public async Task Ctrl_C_ends_a_wait_for_a_scheduler_that_hangs()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null);
        pool.Scheduler.Server.Enqueue(new ScriptedReply { Delay = TimeSpan.FromMinutes(5) });
        using var running = host.Start($"Get-IExecTaskOffchainInfo {pool.TaskId("active")}");
        while (pool.Scheduler.Server.Requests.Count == 0)
            await Task.Delay(10);

        running.Stop();

        Assert.Equal(System.Management.Automation.PSInvocationState.Stopped, running.State);
    }
}
