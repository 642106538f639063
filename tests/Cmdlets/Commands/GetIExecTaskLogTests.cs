using System;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Hosting;
using IExec.Tasks.CmdletTests.Workerpools;

namespace IExec.Tasks.CmdletTests.Commands;

/// <summary>The workers' logs, which only the requester can read.</summary>
public sealed class GetIExecTaskLogTests(WorkerpoolFixture workerpools) : IClassFixture<WorkerpoolFixture>
{
    /// <summary>Clears the screen, sets the title, moves the cursor (C1), rings the bell, reverses the direction, hides text, overwrites the line.</summary>
    private const string Hostile = "one\u001b[2J\u001b]0;owned\u0007\u009b31mred \u202etxt.exe\u2066 \u200bhidden \ufeffbom\roverwritten\ttab 日本 😀 ok\nsecond line\r\n";

    public static TheoryData<DevnetProfile> Profiles => [DevnetProfile.Arbitrum, DevnetProfile.Bellecour];

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Gives_the_requester_the_log_of_each_worker(DevnetProfile profile)
    {
        await using var pool = await workerpools.StartAsync(profile);
        using var host = pool.Connect(pool.Requester);
        var taskId = pool.TaskId("active");
        pool.AddRun(taskId, "out\n", "err\n").AddReplicate(pool.Chain.State.Accounts.Worker2.Address).Logs = ("", "only err");

        var logs = host.Invoke($"Get-IExecTaskLog {taskId}").As<IExecTaskLog>();

        Assert.Equal(
            [(taskId, pool.Worker, "out\n", "err\n"), (taskId, pool.Chain.State.Accounts.Worker2.Address, "", "only err")],
            logs.Select(log => (log.TaskId, log.Worker, log.Stdout, log.Stderr)));
    }

    [Theory]
    [InlineData(DevnetProfile.Arbitrum, 5, 4)]
    [InlineData(DevnetProfile.Bellecour, 8, 7)]
    public async Task Needs_few_requests_and_signs_once_an_hour(DevnetProfile profile, int first, int second)
    {
        await using var pool = await workerpools.StartAsync(profile);
        using var host = pool.Connect(pool.Requester);
        var taskId = pool.TaskId("active");
        pool.AddRun(taskId);

        Assert.Equal([first, second], new[] { Ask(), Ask() });
        Assert.Equal(1, pool.Scheduler.Count("/challenge"));
        Assert.Single(pool.Scheduler.Authorizations.Distinct());

        int Ask()
        {
            var before = pool.RequestCount;
            host.Invoke($"Get-IExecTaskLog {taskId}").ThrowOnError();
            return pool.RequestCount - before;
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Many_tasks_share_deals_and_authorizations(DevnetProfile profile)
    {
        await using var pool = await workerpools.StartAsync(profile);
        using var host = pool.Connect(pool.Requester);
        string[] taskIds = [.. pool.Chain.State.Deals["bag"].Tasks.Where(task => task.State == "active").Take(20).Select(task => task.TaskId)];
        foreach (var taskId in taskIds)
            pool.AddRun(taskId, taskId);
        var before = pool.RequestCount;

        var logs = host.Invoke("param($ids) $ids | Get-IExecTaskLog", ("ids", taskIds)).As<IExecTaskLog>();

        Assert.Equal(taskIds, logs.Select(log => log.TaskId));
        Assert.Equal(taskIds, logs.Select(log => log.Stdout));
        Assert.Equal(taskIds.Length, pool.Scheduler.Count("/logs"));
        Assert.Equal(1, pool.Scheduler.Count("/challenge"));
        Assert.Equal(profile == DevnetProfile.Arbitrum ? 4 : 7, pool.RequestCount - before - taskIds.Length);
    }

    [Fact]
    public async Task Piped_objects_are_not_read_again()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(pool.Requester);
        var taskId = pool.TaskId("active");
        pool.AddRun(taskId);
        host.Invoke($"$task = Get-IExecTask {taskId}").ThrowOnError();
        var before = pool.Node.Server.Requests.Count;

        Assert.Single(host.Invoke("$task | Get-IExecTaskLog").As<IExecTaskLog>());
        Assert.Single(host.Invoke("$task | Get-IExecTaskOffchainInfo | Get-IExecTaskLog").As<IExecTaskLog>());

        Assert.Equal(1 + 3, pool.Node.Server.Requests.Count - before);
    }

    [Fact]
    public async Task Worker_filters_in_any_case()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(pool.Requester);
        var taskId = pool.TaskId("active");
        var other = pool.Chain.State.Accounts.Worker2.Address;
        pool.AddRun(taskId).AddReplicate(other).Logs = ("other", "");

        Assert.Equal("other", Assert.Single(host.Invoke($"Get-IExecTaskLog {taskId} -Worker {other.ToLowerInvariant()}").As<IExecTaskLog>()).Stdout);
        Assert.Equal(2, host.Invoke($"Get-IExecTaskLog {taskId} -Worker {other}, {pool.Worker}").As<IExecTaskLog>().Count);
        Assert.Empty(host.Invoke($"Get-IExecTaskLog {taskId} -Worker {pool.Requester.Address}").As<IExecTaskLog>());
        var wrong = host.Invoke($"Get-IExecTaskLog {taskId} -Worker 0x12");
        Assert.Equal(("InvalidAddress", "0x12"), (wrong.SingleErrorId(), wrong.AllErrors().Single().TargetObject));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Another_wallet_gets_NotRequester_and_nothing_is_sent(DevnetProfile profile)
    {
        await using var pool = await workerpools.StartAsync(profile);
        using var host = pool.Connect(pool.Chain.State.Accounts.Anyone);
        var taskId = pool.TaskId("active");
        pool.AddRun(taskId);

        var result = host.Invoke($"Get-IExecTaskLog {taskId}");

        Assert.Equal(("NotRequester", taskId), (result.SingleErrorId(), result.Errors[0].TargetObject));
        Assert.Contains(pool.Requester.Address, result.Errors[0].ToString());
        Assert.Empty(pool.Scheduler.Server.Requests);
        Assert.Empty(pool.Compass?.Server.Requests ?? []);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Without_a_key_one_error_ends_it_before_any_request(DevnetProfile profile)
    {
        await using var pool = await workerpools.StartAsync(profile);
        using var host = pool.Connect(null);
        var before = pool.RequestCount;

        var result = host.Invoke("param($ids) $ids | Get-IExecTaskLog", ("ids", new[] { pool.TaskId("active"), pool.TaskId("revealing") }));

        Assert.Equal("SignerRequired", result.SingleErrorId());
        Assert.Contains("-PrivateKey", result.AllErrors().Single().ErrorDetails.RecommendedAction);
        Assert.Equal(before, pool.RequestCount);
    }

    [Fact]
    public async Task A_rejected_cached_signature_is_replaced_once()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(pool.Requester);
        var taskId = pool.TaskId("active");
        pool.AddRun(taskId);
        host.Invoke($"Get-IExecTaskLog {taskId}").ThrowOnError();
        pool.Scheduler.ExpireChallenges();

        Assert.Single(host.Invoke($"Get-IExecTaskLog {taskId}").As<IExecTaskLog>());

        Assert.Equal(2, pool.Scheduler.Count("/challenge"));
        Assert.Equal(2, pool.Scheduler.Authorizations.Distinct().Count());
    }

    [Fact]
    public async Task The_objects_have_the_raw_text_and_the_view_escapes_it()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(pool.Requester, console: new HostOptions { SupportsVirtualTerminal = true });
        var taskId = pool.TaskId("active");
        pool.AddRun(taskId, Hostile, Hostile);

        var log = Assert.Single(host.Invoke($"Get-IExecTaskLog {taskId}").As<IExecTaskLog>());
        var text = host.Render($"Get-IExecTaskLog {taskId}");

        Assert.Equal((Hostile, Hostile), (log.Stdout, log.Stderr));
        Assert.DoesNotContain(text, character => character is '\u001b' or '\u0007' or '\u009b' or '\u202e' or '\u2066' or '\u200b' or '\ufeff');
        Assert.Contains("one␛[2J␛]0;owned␇�31mred �txt.exe� �hidden �bom␍overwritten", text);
        Assert.Contains("日本 😀 ok", text);
        Assert.Contains("  second line", text);
        Assert.Contains(pool.Worker, text);
    }

    [Fact]
    public async Task Text_written_to_a_file_is_what_the_worker_wrote()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(pool.Requester);
        var taskId = pool.TaskId("active");
        pool.AddRun(taskId, Hostile);
        var path = System.IO.Path.GetTempFileName();
        try
        {
            host.Invoke($"param($path) Get-IExecTaskLog {taskId} | ForEach-Object {{ [IO.File]::WriteAllText($path, $_.Stdout) }}", ("path", path)).ThrowOnError();

            Assert.Equal(Hostile, System.IO.File.ReadAllText(path));
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    [Fact]
    public async Task Nothing_of_a_key_or_an_authorization_shows_in_any_stream()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(pool.Requester);
        var taskId = pool.TaskId("active");
        pool.AddRun(taskId);
        pool.AddRun(pool.TaskId("revealing")).AddReplicate(pool.Worker);

        var result = host.Invoke(
            "param($ids) $ids | Get-IExecTaskLog -Verbose -Debug; Get-IExecConnection", ("ids", new[] { taskId, "0x12", pool.TaskId("wp_deadUrl") }));
        var text = host.Render($"Get-IExecTaskLog {taskId} -Verbose -Debug; Get-IExecConnection; $Error")
            + string.Join('\n', result.Verbose) + string.Join('\n', result.Debug) + string.Join('\n', result.Errors.Select(error => error.Exception.ToString()));

        Assert.Contains("log challenge", string.Join('\n', result.Verbose));
        Assert.Contains("HTTP 200", string.Join('\n', result.Debug));
        var header = Assert.Single(pool.Scheduler.Authorizations.Distinct());
        Assert.All(header.Split('_')[..2], secret => Assert.DoesNotContain(secret[2..], text, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(pool.Requester.PrivateKey[2..], text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Disconnecting_forgets_signed_challenges()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(pool.Requester);
        var taskId = pool.TaskId("active");
        pool.AddRun(taskId);
        host.Invoke($"Get-IExecTaskLog {taskId}").ThrowOnError();
        var connection = Assert.Single(host.Invoke("Get-IExecConnection").As<IExecConnection>());

        host.Invoke("Disconnect-IExec").ThrowOnError();

        Assert.Equal("ConnectionRequired", host.Invoke($"param($c) Get-IExecTaskLog {taskId} -Connection $c", ("c", connection)).SingleErrorId());
        var asked = false;
        await connection.LogAuthorizations.GetAsync(pool.Scheduler.Url, () => Task.FromResult((asked = true).ToString()), default);
        Assert.True(asked);
    }
}
