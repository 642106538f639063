using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using IExec.Tasks.CmdletTests.Workerpools;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.CmdletTests.Reports;

/// <summary>The content of a report, where it is written, and what is not changed.</summary>
public sealed class ExportIExecDealReportTests(WorkerpoolFixture workerpools) : IClassFixture<WorkerpoolFixture>, IDisposable
{
    private const long MaxBytes = 3 * 1024 * 1024;

    private readonly string _folder = Directory.CreateTempSubdirectory("iexec-reports-").FullName;

    private string ReportPath => Path.Combine(_folder, "report.html");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(DevnetProfile.Arbitrum)]
    [InlineData(DevnetProfile.Bellecour)]
    public async Task Shows_the_deal_its_amounts_its_diagnosis_and_its_events(DevnetProfile profile)
    {
        await using var pool = await workerpools.StartAsync(profile);
        using var host = pool.Connect(null);
        var task = pool.Chain.State.Tasks["completedSingle"];
        pool.AddRun(task.TaskId);

        var file = Assert.Single(host.Invoke($"Export-IExecDealReport {task.DealId} -Path '{ReportPath}' -WarningAction Ignore").As<FileInfo>());

        Assert.Equal(ReportPath, file.FullName);
        Assert.Equal([ReportPath], Directory.EnumerateFileSystemEntries(_folder));
        var report = new ReportDocument(ReportPath);
        report.AssertIsHarmless();
        Assert.Equal(task.DealId, report.Named("h1").Single().Value);
        Assert.Equal(["Summary", "Amounts", "Diagnosis", "Chart", "Events", "Accounts"], report.Sections.Keys);
        Assert.Contains("COMPLETED", report.Sections["Summary"], StringComparison.Ordinal);
        Assert.Contains("RLC", report.Sections["Amounts"], StringComparison.Ordinal);
        Assert.Contains($"Save-IExecTaskResult {task.TaskId}", report.Sections["Diagnosis"], StringComparison.Ordinal);
        Assert.All(["DealMatched", "Finalized", "COMPUTING"], name => Assert.Contains(name, report.Sections["Events"], StringComparison.Ordinal));
        Assert.Contains(pool.Worker, report.Sections["Accounts"], StringComparison.Ordinal);
        Assert.NotEmpty(report.Named("rect"));
        Assert.Equal(profile == DevnetProfile.Arbitrum, report.Named("a").Any()); // the explorer shows that chain only
    }

    [Fact]
    public async Task An_existing_file_is_unchanged_without_Force_and_when_the_report_fails()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null);
        var dealId = pool.Chain.State.Tasks["completedSingle"].DealId;
        await File.WriteAllTextAsync(ReportPath, "mine");
        var export = $"Export-IExecDealReport {dealId} -Path '{ReportPath}' -WarningAction Ignore";

        var kept = host.Invoke(export);
        pool.Node.Intercept = request => request is JsonObject single && single["method"]!.GetValue<string>() == "eth_getLogs" ? RpcProxy.Answer(request, "result", new JsonObject()) : null;
        var failed = host.Invoke(export + " -Force");
        Assert.Equal(("ResultExists", dealId), (kept.SingleErrorId(), kept.Errors[0].TargetObject));
        Assert.Equal(("RpcError", dealId), (failed.SingleErrorId(), failed.Errors[0].TargetObject));
        Assert.Equal("mine", await File.ReadAllTextAsync(ReportPath));
        Assert.Equal([ReportPath], Directory.EnumerateFileSystemEntries(_folder));

        pool.Node.Intercept = _ => null;
        host.Invoke(export + " -Force").ThrowOnError();
        Assert.Contains(dealId, await File.ReadAllTextAsync(ReportPath), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_folder_and_an_invalid_path_are_errors_before_the_log_is_read()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null);
        var dealId = pool.Chain.State.Tasks["completedSingle"].DealId;

        Assert.Equal("FileAccessFailed", host.Invoke($"Export-IExecDealReport {dealId} -Path '{_folder}/no/report.html'").SingleErrorId());
        Assert.Equal("FileAccessFailed", host.Invoke($"Export-IExecDealReport {dealId} -Path 'Variable:report'").SingleErrorId());
        Assert.Equal("AmbiguousParameterSet", host.Invoke($"Export-IExecDealReport {dealId} -Path a -LiteralPath b").SingleErrorId());
        Assert.DoesNotContain(pool.Node.Server.Requests, request => request.Text.Contains("eth_getLogs", StringComparison.Ordinal));
        Assert.Empty(pool.Scheduler.Server.Requests);
    }

    [Fact]
    public async Task WhatIf_names_the_file_and_makes_no_request_to_the_scheduler()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null);
        var deal = pool.Chain.State.Deals["bag"];

        var result = host.Invoke($"Export-IExecDealReport {deal.DealId} -Path '{_folder}/new/' -WhatIf");

        Assert.Empty(result.Output);
        Assert.Contains($"Write the report of 1000 tasks of deal {deal.DealId}", result.HostText, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_folder, "new", deal.DealId + ".html"), result.HostText, StringComparison.Ordinal);
        Assert.Empty(pool.Scheduler.Server.Requests);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Deals_from_the_pipeline_have_a_file_each_and_one_path_takes_one_of_them()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null);
        var (first, second) = (pool.Chain.State.Tasks["completedSingle"].DealId, pool.Chain.State.Tasks["active"].DealId);

        var files = host.Invoke($"'{first}', [pscustomobject]@{{ DealId = '{second}' }} | Export-IExecDealReport -Path '{_folder}/each/' -WarningAction Ignore").As<FileInfo>();
        var result = host.Invoke($"Get-IExecDeal {first}, {second} | Export-IExecDealReport -Path '{ReportPath}' -WarningAction Ignore");
        var bad = host.Invoke($"'0x12', '{first}', '0x{new string('1', 64)}' | Export-IExecDealReport -Path '{_folder}/good/' -WarningAction Ignore");

        Assert.Equal([first + ".html", second + ".html"], files.Select(file => file.Name));
        Assert.Equal(("ResultExists", second), (result.SingleErrorId(), result.Errors[0].TargetObject));
        Assert.Contains(first, await File.ReadAllTextAsync(ReportPath), StringComparison.Ordinal);
        Assert.Equal(["InvalidDealId", "DealNotFound"], bad.ErrorIds());
        Assert.Equal(first + ".html", Path.GetFileName(Assert.Single(Directory.EnumerateFiles(Path.Combine(_folder, "good")))));
    }

    [Fact]
    public async Task A_report_of_some_tasks_is_about_these_and_the_money_of_the_deal()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null);
        var deal = pool.Chain.State.Deals["bag"];
        var other = pool.Chain.State.Tasks["completedSingle"].TaskId;

        var named = host.Invoke($"Export-IExecDealReport {deal.DealId} -TaskId {deal.Tasks[2].TaskId}, {other}, {deal.Tasks[0].TaskId} -Path '{ReportPath}' -WarningAction Ignore");
        var piped = host.Invoke($"$ExecutionContext.SessionState.Path.SetLocation('Variable:') > $null; Get-IExecTask -DealId {deal.DealId} -Index 998, 999 | Export-IExecDealReport -LiteralPath 'FileSystem::{_folder}/piped.html' -WarningAction Ignore");

        Assert.Equal(("TaskNotInDeal", other), (named.SingleErrorId(), named.Errors[0].TargetObject));
        var report = new ReportDocument(ReportPath);
        Assert.Contains("2 tasks: index 0, 2", report.Sections["Summary"], StringComparison.Ordinal);
        Assert.Contains("1000 tasks", report.Sections["Amounts"], StringComparison.Ordinal);
        Assert.Equal(2, report.Named("details").Count());
        piped.ThrowOnError();
        Assert.Contains("2 tasks: index 998–999", new ReportDocument(Path.Combine(_folder, "piped.html")).Sections["Summary"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thousand_tasks_fit_and_take_a_request_each_to_the_scheduler_and_few_to_the_node()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null);
        var deal = pool.Chain.State.Deals["bag"];
        foreach (var task in deal.Tasks)
            AddLongRun(pool, task.TaskId);
        var before = pool.Node.Server.Requests.Count;

        var result = host.Invoke($"Export-IExecDealReport {deal.DealId} -Path '{ReportPath}' -WarningAction Ignore");

        Assert.InRange(Assert.Single(result.As<FileInfo>()).Length, 100_000, MaxBytes);
        Assert.InRange(pool.Node.Server.Requests.Count - before, 1, 25);
        Assert.Equal(1000, pool.Scheduler.Server.Requests.Count);
        var report = new ReportDocument(ReportPath);
        report.AssertIsHarmless();
        Assert.Contains("Tasks 975 – 999", report.Sections["Chart"], StringComparison.Ordinal);
        Assert.Equal(1000, report.Named("g").Count());
    }

    [Fact]
    public async Task What_a_hostile_scheduler_writes_stays_text()
    {
        const string Hostile = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>\u001b[2J\u0007\u202e\0\uffff]]>&amp;";
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null);
        var task = pool.Chain.State.Tasks["active"];
        var now = await pool.Chain.GetTimestampAsync();
        var known = pool.Scheduler.Add(task.TaskId, pool.Requester.Address).Move("RUNNING" + Hostile, now).Move(Hostile + "_FAILED", DateTimeOffset.MaxValue);
        var replicate = known.AddReplicate(pool.Worker);
        for (var i = 0; i < 10_000; i++)
            replicate.Move(i % 500 == 0 ? Hostile + new string('<', 500) : "<b>" + i, now.AddYears(i % 100), i % 500 == 0 ? Hostile : "</td>");
        for (var i = 0; i < 50; i++)
            known.AddReplicate(Hostile + i).Move(Hostile + "_FAILED", DateTimeOffset.UnixEpoch, Hostile);

        host.Invoke($"Export-IExecDealReport {task.DealId} -Path '{ReportPath}' -WarningAction Ignore").ThrowOnError();

        Assert.InRange(new FileInfo(ReportPath).Length, 10_000, MaxBytes);
        var report = new ReportDocument(ReportPath);
        report.AssertIsHarmless();
        Assert.Contains("<script>alert(1)</script>", report.Sections["Events"], StringComparison.Ordinal);
        Assert.Contains("␛[2J␇", report.Sections["Events"], StringComparison.Ordinal);
        Assert.Contains("events are left out here: ", report.Sections["Events"], StringComparison.Ordinal);
        Assert.InRange(report.Named("tr").Count(), 90, 110);
    }

    [Fact]
    public async Task Without_a_scheduler_the_report_has_the_chains_events_and_says_so()
    {
        await using var pool = await workerpools.StartAsync(DevnetProfile.Arbitrum);
        using var host = pool.Connect(null);

        var result = host.Invoke($"Export-IExecDealReport {pool.Chain.State.Tasks["wp_noUrl"].DealId} -Path '{ReportPath}'");

        Assert.Contains("is missing", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Contains("The scheduler's view is missing for 1 of 1 task", new ReportDocument(ReportPath).Sections["Events"], StringComparison.Ordinal);
    }

    /// <summary>As much as a scheduler tells of a task whose first worker failed.</summary>
    private static void AddLongRun(Workerpool pool, string taskId)
    {
        var task = pool.AddRun(taskId);
        var start = new DateTimeOffset(2026, 1, 31, 9, 15, 40, TimeSpan.Zero);
        task.AddReplicate(pool.Chain.State.Accounts.Worker2.Address)
            .Move("CREATED", start).Move("STARTING", start).Move("STARTED", start).Move("APP_DOWNLOADING", start).Move("APP_DOWNLOADED", start.AddSeconds(20))
            .Move("DATA_DOWNLOADING", start.AddSeconds(20)).Move("DATA_DOWNLOADED", start.AddSeconds(21)).Move("COMPUTING", start.AddSeconds(21))
            .Move("COMPUTE_FAILED", start.AddSeconds(30), "APP_COMPUTE_FAILED").Move("FAILED", start.AddSeconds(31));
    }
}
