using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using IExec.Tasks.Fakes.Ipfs;
using IExec.Tasks.Hosting;
using IExec.Tasks.Results.Ipfs;

namespace IExec.Tasks.CmdletTests.Diagnosis;

/// <summary>Results that are error reports: the task is completed, but without the expected output.</summary>
public sealed class ErrorReportTests(DiagnosisFixture fixture) : IClassFixture<DiagnosisFixture>
{
    private const string Report = "[IEXEC] Errors occurred while computing the task\nDATASET_FILE_DOWNLOAD_FAILED\n";
    private const string Computed = """{ "deterministic-output-path": "/iexec_out/error.txt" }""";

    [Fact]
    public async Task A_report_is_found_without_the_scheduler()
    {
        await using var gateway = await IpfsGateway.StartAsync();
        var task = await CompleteAsync(gateway, Zip(("error.txt", Report), ("computed.json", Computed)), Report);
        using var host = Connect(gateway);

        var diagnosis = Diagnose(host, task);

        Assert.Equal(IExecTaskVerdict.CompletedWithAppError, diagnosis.Verdict);
        Assert.EndsWith("The result is an error report.", diagnosis.Summary, StringComparison.Ordinal);
        Assert.Equal(["error.txt: [IEXEC] Errors occurred while computing the task", "error.txt: DATASET_FILE_DOWNLOAD_FAILED"], diagnosis.LogLines);
        Assert.Single(gateway.Requests);
    }

    [Fact]
    public async Task An_ordinary_result_with_a_file_of_that_name_is_not_a_report()
    {
        await using var gateway = await IpfsGateway.StartAsync();
        var task = await CompleteAsync(gateway, Zip(("out.txt", "fine"), ("error.txt", Report), ("computed.json", """{ "deterministic-output-path": "/iexec_out/out.txt" }""")), "fine");
        using var host = Connect(gateway);

        var diagnosis = Diagnose(host, task);

        Assert.Equal(IExecTaskVerdict.Completed, diagnosis.Verdict);
        Assert.Empty(diagnosis.LogLines);
    }

    [Fact]
    public async Task A_report_that_does_not_match_the_digest_is_ignored()
    {
        await using var gateway = await IpfsGateway.StartAsync();
        var task = await CompleteAsync(gateway, Zip(("error.txt", Report), ("computed.json", Computed)), "another");
        using var host = Connect(gateway);

        Assert.Equal(IExecTaskVerdict.Completed, Diagnose(host, task).Verdict);
    }

    [Fact]
    public async Task The_result_of_a_successful_run_is_not_read()
    {
        await using var gateway = await IpfsGateway.StartAsync();
        var task = await CompleteAsync(gateway, Zip(("error.txt", Report), ("computed.json", Computed)), Report);
        await task.SayAsync("COMPLETED");
        await task.WorkAsync("COMPLETED");
        using var host = Connect(gateway);

        Assert.Equal(IExecTaskVerdict.Completed, Diagnose(host, task).Verdict);
        Assert.Empty(gateway.Requests);
    }

    [Fact]
    public async Task Its_text_is_short_and_without_control_characters()
    {
        var hostile = "\u001b[2J<script>\u202e" + new string('x', 100_000) + "\n" + string.Concat(Enumerable.Repeat("line\u0007\n", 10_000));
        await using var gateway = await IpfsGateway.StartAsync();
        var task = await CompleteAsync(gateway, Zip(("error.txt", hostile), ("computed.json", Computed)), hostile);
        using var host = Connect(gateway);

        var diagnosis = Diagnose(host, task);
        var screen = host.Render($"Get-IExecTaskDiagnosis {task.Id} -WarningAction Ignore");

        Assert.StartsWith("error.txt: \u241b[2J<script>\ufffdx", Assert.Single(diagnosis.LogLines), StringComparison.Ordinal);
        Assert.InRange(diagnosis.LogLines[0].Length, 300, 400);
        Assert.Contains("<script>", screen, StringComparison.Ordinal);
        Assert.DoesNotMatch("\u001b\\[2J|[\u0007\u202e]", screen);
    }

    [Fact]
    public async Task A_result_that_no_gateway_serves_is_listed_as_unknown_and_requested_once()
    {
        await using var gateway = await IpfsGateway.StartAsync();
        var tasks = new DiagnosedTask[5];
        for (var i = 0; i < tasks.Length; i++)
            tasks[i] = await CompleteAsync(gateway, Zip(("error.txt", $"{i}"), ("computed.json", Computed)), $"{i}", isThere: false);
        using var host = Connect(gateway);
        host.Set("ids", tasks.Select(task => task.Id).ToArray());

        var diagnoses = host.Invoke("Get-IExecTaskDiagnosis $ids -BatchSize 1 -WarningAction Ignore").As<IExecTaskDiagnosis>();

        Assert.All(diagnoses, diagnosis => Assert.Equal(IExecTaskVerdict.Completed, diagnosis.Verdict));
        Assert.All(diagnoses, diagnosis => Assert.Contains(diagnosis.Unknown, text => text.StartsWith("Whether the result is an error report: ", StringComparison.Ordinal)));
        Assert.Equal(3, gateway.Requests.Count);
    }

    private PowerShellHost Connect(IpfsGateway gateway) => fixture.Pool.Connect(null, $"-MaximumRetryCount 0 -IpfsGatewayUrl {gateway.Url}", new HostOptions { SupportsVirtualTerminal = true });

    private static IExecTaskDiagnosis Diagnose(PowerShellHost host, DiagnosedTask task) =>
        Assert.Single(host.Invoke($"Get-IExecTaskDiagnosis {task.Id} -WarningAction Ignore").As<IExecTaskDiagnosis>());

    /// <summary>A completed task whose workers agreed on the digest of a text and stored an archive.</summary>
    private async Task<DiagnosedTask> CompleteAsync(IpfsGateway gateway, byte[] archive, string output, bool isThere = true)
    {
        var piece = await (isThere ? gateway.Blocks : new BlockStore()).AddFileAsync(archive, UnixFsLayout.Version0);
        var task = await fixture.CreateAsync();
        await task.FinalizeAsync(
            "0x" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(output))),
            $$"""{ "storage": "ipfs", "location": "/ipfs/{{piece.Cid}}" }""");
        return task;
    }

    private static byte[] Zip(params (string Name, string Text)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();
    }
}
