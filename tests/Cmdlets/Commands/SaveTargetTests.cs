using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.CmdletTests.Commands;

/// <summary>The targets of saved results, the files beside them, and what is not changed.</summary>
public sealed class SaveTargetTests(DevnetFixture devnet) : IClassFixture<DevnetFixture>, IAsyncLifetime
{
    private SaveBench _bench = null!;

    public async Task InitializeAsync() => _bench = await SaveBench.StartAsync(devnet);

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Does_not_touch_an_existing_file_without_Force()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = _bench.Connect(chain);
        var file = Path.Combine(_bench.Folder, "mine.zip");
        await File.WriteAllTextAsync(file, "mine");
        var save = $"Save-IExecTaskResult {chain.State.Tasks["completedSingle"].TaskId} {file}";

        Assert.Equal("ResultExists", host.Invoke(save).SingleErrorId());
        Assert.Equal("mine", await File.ReadAllTextAsync(file));
        Assert.Empty(_bench.Gateway.Requests);

        host.Invoke(save + " -Force").ThrowOnError();
        Assert.Equal(chain.State.Content["single"].ReadArchive(), File.ReadAllBytes(file));
    }

    [Fact]
    public async Task WhatIf_contacts_no_gateway_and_writes_nothing()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = _bench.Connect(chain);
        var taskId = chain.State.Tasks["completedSingle"].TaskId;

        var invocation = host.Invoke($"Save-IExecTaskResult {taskId} {_bench.Folder} -Force -WhatIf");

        invocation.ThrowOnError();
        Assert.Empty(invocation.Output);
        Assert.Contains($"Save /ipfs/{chain.State.Content["single"].Cid} of task {taskId}", invocation.HostText, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_bench.Folder, taskId + ".zip"), invocation.HostText, StringComparison.Ordinal);
        Assert.Empty(_bench.Gateway.Requests);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_bench.Folder));
    }

    [Fact]
    public async Task Accepts_tasks_from_the_pipeline_and_saves_to_the_current_location()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = _bench.Connect(chain);
        var taskId = chain.State.Tasks["completedSingle"].TaskId;

        var result = Assert.Single(host.Invoke($"$ExecutionContext.SessionState.Path.SetLocation('{_bench.Folder}') > $null; Get-IExecTask {taskId} | Save-IExecTaskResult").As<IExecTaskResult>());

        Assert.Equal(Path.Combine(_bench.Folder, taskId + ".zip"), result.Path);
    }

    [Fact]
    public async Task Shows_progress_while_a_slow_gateway_sends()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = _bench.Connect(chain);
        var taskId = chain.State.Tasks["completedMedium"].TaskId;
        _bench.Gateway.Faults.PauseAfter = 2_000_000;

        using var running = host.Start($"Save-IExecTaskResult {taskId} '{_bench.Folder}/'");
        await Task.Delay(TimeSpan.FromSeconds(1.2)); // nothing is shown in the first second
        _bench.Gateway.Faults.Resume();
        var result = running.Wait();

        Assert.Single(result.As<IExecTaskResult>());
        Assert.Contains(result.Progress, record => record.Activity == "Saving results" && record.StatusDescription.Contains(" MB", StringComparison.Ordinal));
        Assert.Equal(ProgressRecordType.Completed, result.Progress[^1].RecordType);
    }

    /// <summary>A path without a slash at its end, where no folder is, is a file: it takes one result.</summary>
    [Theory]
    [InlineData("-Path")]
    [InlineData("-LiteralPath")]
    public async Task Never_overwrites_what_the_same_command_saved(string parameter)
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = _bench.Connect(chain);
        var (first, second) = (chain.State.Tasks["completedSingle"].TaskId, chain.State.Tasks["completedDirectory"].TaskId);
        var file = Path.Combine(_bench.Folder, "res");

        var result = host.Invoke($"'{first}', '{second}' | Save-IExecTaskResult {parameter} '{file}' -Force");

        Assert.Equal("ResultExists", result.SingleErrorId());
        Assert.Equal(second, result.Errors[0].TargetObject.ToString());
        Assert.Equal(first, ((IExecTaskResult)Assert.Single(result.Output).BaseObject).TaskId);
        Assert.Equal(chain.State.Content["single"].ReadArchive(), await File.ReadAllBytesAsync(file));
        Assert.Equal(file, Assert.Single(Directory.EnumerateFileSystemEntries(_bench.Folder)));
        Assert.DoesNotContain(_bench.Gateway.Requests, request => request.Path.Contains(chain.State.Content["directory"].Cid, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("res/", "")]
    [InlineData("res/", "-Expand")]
    [InlineData("res", "-Expand")]
    [InlineData("there", "")]
    [InlineData("there", "-Expand")]
    public async Task Saves_several_tasks_to_a_folder(string path, string option)
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = _bench.Connect(chain);
        Directory.CreateDirectory(Path.Combine(_bench.Folder, "there"));
        string[] taskIds = [chain.State.Tasks["completedSingle"].TaskId, chain.State.Tasks["completedDirectory"].TaskId];
        var folder = Path.Combine(_bench.Folder, path);

        var saved = host.Invoke($"'{string.Join("', '", taskIds)}' | Save-IExecTaskResult -Path '{folder}' -Force {option}").As<IExecTaskResult>();

        Assert.Equal(taskIds.Select(id => Path.Combine(folder, option.Length == 0 ? id + ".zip" : id)), saved.Select(result => result.Path));
        Assert.Equal(saved.Select(result => result.Path).Order(), Directory.EnumerateFileSystemEntries(folder).Order());
    }

    [Theory]
    [InlineData("-Path 'odd [1].zip'", "FileAccessFailed")]
    [InlineData("-LiteralPath 'odd [1].zip'", null)]
    [InlineData("-Path 'Env:x'", "FileAccessFailed")]
    [InlineData("-Path 'nowhere:x'", "FileAccessFailed")]
    [InlineData("-Path 'no/such/folder/x.zip'", "FileAccessFailed")]
    [InlineData("-Path 's[tu]b'", null)]
    [InlineData("-Path 'new/folder/'", null)]
    [InlineData("-Path 'new/folder' -Expand", null)]
    public async Task Reads_paths_as_PowerShell_does(string path, string? errorId)
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = _bench.Connect(chain);
        Directory.CreateDirectory(Path.Combine(_bench.Folder, "sub"));

        var invocation = host.Invoke($"$ExecutionContext.SessionState.Path.SetLocation('{_bench.Folder}') > $null; Save-IExecTaskResult {chain.State.Tasks["completedSingle"].TaskId} {path}");

        if (errorId is null)
            Assert.StartsWith(_bench.Folder, Assert.Single(invocation.As<IExecTaskResult>()).Path, StringComparison.Ordinal);
        else
            Assert.Equal(errorId, invocation.SingleErrorId());
    }

    [Fact]
    public async Task Expands_below_the_path()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = _bench.Connect(chain);
        var taskId = chain.State.Tasks["completedDirectory"].TaskId;

        var result = Assert.Single(host.Invoke($"Save-IExecTaskResult {taskId} {_bench.Folder} -Expand -Provenance").As<IExecTaskResult>());

        Assert.Equal((Path.Combine(_bench.Folder, taskId), true, true), (result.Path, result.CidVerified, result.DigestVerified));
        await using var archive = new ZipArchive(new MemoryStream(chain.State.Content["directory"].ReadArchive()));
        Assert.Equal(
            archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(result.Path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(result.Path, file).Replace('\\', '/')).Order(StringComparer.Ordinal));
        Assert.Equal("Z", await File.ReadAllTextAsync(Path.Combine(result.Path, "det", "Z.txt")));
        Assert.Equal(archive.Entries.Sum(entry => entry.Length), result.Length);
        Assert.Equal([taskId, taskId + ".provenance.json"], Directory.EnumerateFileSystemEntries(_bench.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Writes_the_provenance_file()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Bellecour);
        using var host = _bench.Connect(chain);
        var task = chain.State.Tasks["completedSingle"];

        var result = Assert.Single(host.Invoke($"Save-IExecTaskResult {task.TaskId} {_bench.Folder}/a.zip -Provenance").As<IExecTaskResult>());

        Assert.Equal(Path.Combine(_bench.Folder, "a.zip.provenance.json"), result.ProvenancePath);
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(result.ProvenancePath!));
        var root = json.RootElement;
        Assert.Equal((task.TaskId, task.DealId, 134), (root.GetProperty("taskId").GetString(), root.GetProperty("dealId").GetString(), root.GetProperty("chainId").GetInt32()));
        Assert.Equal((chain.State.Content["single"].Cid, task.Digest), (root.GetProperty("cid").GetString(), root.GetProperty("resultDigest").GetString()));
        Assert.True(root.GetProperty("cidVerified").GetBoolean() && root.GetProperty("digestVerified").GetBoolean());
        Assert.Equal("a.zip", root.GetProperty("file").GetString());
        Assert.True(root.GetProperty("savedAt").GetDateTimeOffset() > DateTimeOffset.UtcNow.AddMinutes(-5));
    }

    [Fact]
    public async Task Says_that_a_result_is_larger_than_allowed()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = _bench.Connect(chain);

        var error = Assert.Single(host.Invoke($"Save-IExecTaskResult {chain.State.Tasks["completedMedium"].TaskId} {_bench.Folder} -MaximumSizeMB 2").AllErrors());

        Assert.StartsWith("ArchiveUnsafe,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("-MaximumSizeMB", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_bench.Folder));
    }

    [Fact]
    public async Task Ctrl_C_stops_at_once_and_leaves_a_partial_download_to_resume()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = _bench.Connect(chain);
        var taskId = chain.State.Tasks["completedMedium"].TaskId;
        _bench.Gateway.Faults.PauseAfter = 2_000_000;
        using var running = host.Start($"Save-IExecTaskResult {taskId} {_bench.Folder}");
        var partial = Path.Combine(_bench.Folder, taskId + ".zip.partial");
        while (!File.Exists(partial) || new FileInfo(partial).Length < 1_000_000)
            await Task.Delay(20);

        running.Stop();

        Assert.Equal([partial], Directory.EnumerateFileSystemEntries(_bench.Folder));
        _bench.Gateway.Faults.Resume();
        Assert.True(Assert.Single(host.Invoke($"Save-IExecTaskResult {taskId} {_bench.Folder}").As<IExecTaskResult>()).CidVerified);
    }
}
