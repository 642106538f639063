using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes.Ipfs;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.ModuleTests.Commands;

/// <summary>Saves the results of the real contracts' tasks from a gateway that has the real blocks.</summary>
public sealed class SaveIExecTaskResultTests(DevnetFixture devnet) : IClassFixture<DevnetFixture>, IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("iexec-save-").FullName;
    private IpfsGateway _gateway = null!;

    public static TheoryData<DevnetProfile> Profiles => [DevnetProfile.Arbitrum, DevnetProfile.Bellecour];

    public async Task InitializeAsync()
    {
        await devnet.GetAsync(DevnetProfile.Arbitrum);
        _gateway = await IpfsGateway.StartAsync(new BlockStore().AddFolder(DevnetFiles.Blocks));
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Saves_and_proves_every_kind_of_result(DevnetProfile profile)
    {
        var chain = await devnet.GetAsync(profile);
        using var host = Connect(chain);
        foreach (var (task, content) in new Dictionary<string, string>
        {
            ["completedSingle"] = "single",
            ["completedSingleV1"] = "singleV1",
            ["completedDirectory"] = "directory",
            ["completedDirectoryV1"] = "directoryV1",
            ["completedRoot"] = "root",
            ["completedMedium"] = "medium",
            ["completedMediumV1"] = "mediumV1",
            ["completedLarge"] = "large",
            ["completedLargeV1"] = "largeV1",
            ["completedDirPath"] = "single",
            ["completedForever"] = "single",
            ["completedIpfs"] = "single",
            ["completedIpfsNoSlash"] = "single",
            ["completedIpfsBareCid"] = "single",
        })
        {
            var (taskId, expected) = (chain.State.Tasks[task].TaskId, chain.State.Content[content].ReadArchive());

            var invocation = host.Invoke($"Save-IExecTaskResult {taskId} {_folder}");

            var result = Assert.Single(invocation.As<IExecTaskResult>());
            Assert.Equal((true, true, null), (result.CidVerified, result.DigestVerified, result.Reason));
            Assert.Equal((taskId, Path.Combine(_folder, taskId + ".zip"), (long)expected.Length), (result.TaskId, result.Path, result.Length));
            Assert.Equal(("ipfs", false, false), (result.Storage, result.IsEncrypted, result.IsDecrypted));
            Assert.Equal(expected, File.ReadAllBytes(result.Path));
            Assert.Empty(invocation.Warnings);
        }
    }

    [Theory]
    [InlineData("completedIpfsMissing", "GatewayError", ErrorCategory.ResourceUnavailable)]
    [InlineData("completedDigestMismatch", "DigestMismatch", ErrorCategory.SecurityError)]
    [InlineData("completedExtraKeys", "DigestMismatch", ErrorCategory.SecurityError)]
    [InlineData("completedAbsoluteUrl", "ResultLocationInvalid", ErrorCategory.InvalidData)]
    [InlineData("completedProtocolRelativeUrl", "ResultLocationInvalid", ErrorCategory.InvalidData)]
    [InlineData("completedTraversal", "ResultLocationInvalid", ErrorCategory.InvalidData)]
    [InlineData("completedDropbox", "ResultNotOnIpfs", ErrorCategory.NotImplemented)]
    [InlineData("completedNoLocation", "ResultMissing", ErrorCategory.ObjectNotFound)]
    [InlineData("completedStorageNone", "ResultMissing", ErrorCategory.ObjectNotFound)]
    [InlineData("completedEmptyResults", "ResultMissing", ErrorCategory.ObjectNotFound)]
    [InlineData("completedGarbage", "ResultMissing", ErrorCategory.ObjectNotFound)]
    [InlineData("completedJsonNull", "ResultMissing", ErrorCategory.ObjectNotFound)]
    [InlineData("completedJsonNumber", "ResultMissing", ErrorCategory.ObjectNotFound)]
    [InlineData("completedJsonArray", "ResultMissing", ErrorCategory.ObjectNotFound)]
    [InlineData("active", "TaskNotCompleted", ErrorCategory.InvalidOperation)]
    [InlineData("revealing", "TaskNotCompleted", ErrorCategory.InvalidOperation)]
    [InlineData("activeTimeout", "TaskNotCompleted", ErrorCategory.InvalidOperation)]
    [InlineData("failedFromActive", "TaskNotCompleted", ErrorCategory.InvalidOperation)]
    [InlineData("unset", "TaskNotFound", ErrorCategory.ObjectNotFound)]
    public async Task Says_why_there_is_nothing_to_save(string name, string errorId, ErrorCategory category)
    {
        foreach (var profile in Enum.GetValues<DevnetProfile>())
        {
            var chain = await devnet.GetAsync(profile);
            using var host = Connect(chain);
            var taskId = chain.State.Tasks[name].TaskId;

            var invocation = host.Invoke($"Save-IExecTaskResult {taskId} {_folder}");

            var error = Assert.Single(invocation.AllErrors());
            Assert.StartsWith(errorId + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Equal((category, taskId), (error.CategoryInfo.Category, error.TargetObject));
            Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
            Assert.Empty(invocation.Output);
            Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Decrypts_both_forms_and_proves_what_was_inside(DevnetProfile profile)
    {
        var chain = await devnet.GetAsync(profile);
        using var host = Connect(chain);
        foreach (var name in new[] { "completedEncrypted", "completedEncryptedLegacy" })
        {
            var result = Assert.Single(host.Invoke($"Save-IExecTaskResult {chain.State.Tasks[name].TaskId} {_folder} -BeneficiaryKeyPath {DevnetFiles.BeneficiaryKey}").As<IExecTaskResult>());

            Assert.Equal((true, true, true, true), (result.IsEncrypted, result.IsDecrypted, result.CidVerified, result.DigestVerified));
            Assert.Equal(chain.State.Content["single"].ReadArchive(), File.ReadAllBytes(result.Path));
        }

        Assert.Equal(2, Directory.EnumerateFileSystemEntries(_folder).Count());
    }

    [Fact]
    public async Task Saves_an_encrypted_result_as_it_is_without_a_key_and_says_so()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = Connect(chain);

        var invocation = host.Invoke($"Save-IExecTaskResult {chain.State.Tasks["completedEncrypted"].TaskId} {_folder}");

        var result = Assert.Single(invocation.As<IExecTaskResult>());
        Assert.Equal((true, false, true, null, "the archive is encrypted"), (result.IsEncrypted, result.IsDecrypted, result.CidVerified, result.DigestVerified, result.Reason));
        Assert.Contains("-BeneficiaryKeyPath", Assert.Single(invocation.Warnings), StringComparison.Ordinal);
        Assert.Equal(chain.State.Content["encrypted"].ReadArchive(), File.ReadAllBytes(result.Path));
    }

    [Theory]
    [InlineData("no-such-file", "KeyInvalid")]
    [InlineData("not a key", "KeyInvalid")]
    [InlineData("another key", "DecryptionFailed")]
    [InlineData("encrypted key", "PasswordWrong")]
    public async Task Tells_a_bad_key_from_a_wrong_one(string kind, string errorId)
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = Connect(chain);
        using var rsa = System.Security.Cryptography.RSA.Create(2048);
        var key = Path.Combine(_folder, "key.pem");
        if (kind != "no-such-file")
        {
            await File.WriteAllTextAsync(key, kind switch
            {
                "another key" => rsa.ExportPkcs8PrivateKeyPem(),
                "encrypted key" => rsa.ExportEncryptedPkcs8PrivateKeyPem("right", new(System.Security.Cryptography.PbeEncryptionAlgorithm.Aes256Cbc, System.Security.Cryptography.HashAlgorithmName.SHA256, 1000)),
                _ => "hello",
            });
        }

        var invocation = host.Invoke($"Save-IExecTaskResult {chain.State.Tasks["completedEncrypted"].TaskId} {_folder} -BeneficiaryKeyPath {key}");

        Assert.Equal(errorId, invocation.SingleErrorId());
        Assert.DoesNotContain(Directory.EnumerateFiles(_folder), path => path != key);
    }

    [Theory]
    [InlineData("completedCallback")]
    [InlineData("completedCallbackEthereum")]
    public async Task Saves_callback_bytes_only_where_the_user_says(string name)
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = Connect(chain);
        var task = chain.State.Tasks[name];

        Assert.Equal("ResultNotOnIpfs", host.Invoke($"Save-IExecTaskResult {task.TaskId}").SingleErrorId());
        var result = Assert.Single(host.Invoke($"Save-IExecTaskResult {task.TaskId} -Path {_folder}").As<IExecTaskResult>());

        Assert.Equal((Path.Combine(_folder, task.TaskId + ".bin"), true, null, "ethereum"), (result.Path, result.DigestVerified, result.CidVerified, result.Storage));
        Assert.Equal(Convert.FromHexString(task.CallbackData[2..]), File.ReadAllBytes(result.Path));
        Assert.Empty(_gateway.Requests);
    }

    [Fact]
    public async Task Says_that_the_digest_of_a_callback_task_does_not_cover_its_archive()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = Connect(chain);

        var invocation = host.Invoke($"Save-IExecTaskResult {chain.State.Tasks["completedCallbackIpfs"].TaskId} {_folder}");

        var result = Assert.Single(invocation.As<IExecTaskResult>());
        Assert.Equal((true, null), (result.CidVerified, result.DigestVerified));
        Assert.Contains("callback bytes, which are right", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warns_of_an_error_report_with_its_first_lines()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = Connect(chain);

        var invocation = host.Invoke($"Save-IExecTaskResult {chain.State.Tasks["completedError"].TaskId} {_folder}");

        Assert.True(Assert.Single(invocation.As<IExecTaskResult>()).DigestVerified);
        var warning = Assert.Single(invocation.Warnings);
        Assert.Contains("completed with an error report", warning, StringComparison.Ordinal);
        Assert.Contains("DATASET_FILE_DOWNLOAD_FAILED", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warns_when_an_archive_does_not_name_its_output()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = Connect(chain);

        var invocation = host.Invoke($"Save-IExecTaskResult {chain.State.Tasks["completedNoComputedJson"].TaskId} {_folder}");

        Assert.Equal((true, null), (Assert.Single(invocation.As<IExecTaskResult>()).CidVerified, invocation.As<IExecTaskResult>()[0].DigestVerified));
        Assert.Contains("could not be compared", Assert.Single(invocation.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_a_mismatch_only_when_told_to_skip_verification()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = Connect(chain);

        var invocation = host.Invoke($"Save-IExecTaskResult {chain.State.Tasks["completedDigestMismatch"].TaskId} {_folder} -SkipVerification");

        var result = Assert.Single(invocation.As<IExecTaskResult>());
        Assert.Equal((null, false), (result.CidVerified, result.DigestVerified));
        Assert.Contains("not what the workers agreed on", Assert.Single(invocation.Warnings), StringComparison.Ordinal);
        Assert.Equal("", Assert.Single(_gateway.Requests).Query);
    }

    [Fact]
    public async Task Does_not_touch_an_existing_file_without_Force()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = Connect(chain);
        var file = Path.Combine(_folder, "mine.zip");
        await File.WriteAllTextAsync(file, "mine");
        var save = $"Save-IExecTaskResult {chain.State.Tasks["completedSingle"].TaskId} {file}";

        Assert.Equal("ResultExists", host.Invoke(save).SingleErrorId());
        Assert.Equal("mine", await File.ReadAllTextAsync(file));
        Assert.Empty(_gateway.Requests);

        host.Invoke(save + " -Force").ThrowOnError();
        Assert.Equal(chain.State.Content["single"].ReadArchive(), File.ReadAllBytes(file));
    }

    [Fact]
    public async Task Asks_no_gateway_and_writes_nothing_under_WhatIf()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = Connect(chain);
        var taskId = chain.State.Tasks["completedSingle"].TaskId;

        var invocation = host.Invoke($"Save-IExecTaskResult {taskId} {_folder} -Force -WhatIf");

        invocation.ThrowOnError();
        Assert.Empty(invocation.Output);
        Assert.Contains($"Save /ipfs/{chain.State.Content["single"].Cid} of task {taskId}", invocation.HostText, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_folder, taskId + ".zip"), invocation.HostText, StringComparison.Ordinal);
        Assert.Empty(_gateway.Requests);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Lets_the_others_go_on_after_a_bad_one()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = Connect(chain);
        var ids = new[] { chain.State.Tasks["completedSingle"].TaskId, "nonsense", chain.State.Tasks["completedDropbox"].TaskId, chain.State.Tasks["completedRoot"].TaskId };

        var invocation = host.Invoke("param($ids, $folder) $ids | Save-IExecTaskResult -Path $folder", ("ids", ids), ("folder", _folder));

        Assert.Equal(["InvalidTaskId", "ResultNotOnIpfs"], invocation.ErrorIds());
        Assert.Equal([ids[0], ids[3]], invocation.Output.Select(item => ((IExecTaskResult)item.BaseObject).TaskId));
    }

    [Fact]
    public async Task Takes_tasks_from_the_pipeline_and_saves_to_the_current_location()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = Connect(chain);
        var taskId = chain.State.Tasks["completedSingle"].TaskId;

        var result = Assert.Single(host.Invoke($"$ExecutionContext.SessionState.Path.SetLocation('{_folder}') > $null; Get-IExecTask {taskId} | Save-IExecTaskResult").As<IExecTaskResult>());

        Assert.Equal(Path.Combine(_folder, taskId + ".zip"), result.Path);
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
        using var host = Connect(chain);
        Directory.CreateDirectory(Path.Combine(_folder, "sub"));

        var invocation = host.Invoke($"$ExecutionContext.SessionState.Path.SetLocation('{_folder}') > $null; Save-IExecTaskResult {chain.State.Tasks["completedSingle"].TaskId} {path}");

        if (errorId is null)
            Assert.StartsWith(_folder, Assert.Single(invocation.As<IExecTaskResult>()).Path, StringComparison.Ordinal);
        else
            Assert.Equal(errorId, invocation.SingleErrorId());
    }

    [Fact]
    public async Task Expands_below_the_path()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = Connect(chain);
        var taskId = chain.State.Tasks["completedDirectory"].TaskId;

        var result = Assert.Single(host.Invoke($"Save-IExecTaskResult {taskId} {_folder} -Expand -Provenance").As<IExecTaskResult>());

        Assert.Equal((Path.Combine(_folder, taskId), true, true), (result.Path, result.CidVerified, result.DigestVerified));
        await using var archive = new ZipArchive(new MemoryStream(chain.State.Content["directory"].ReadArchive()));
        Assert.Equal(
            archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(result.Path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(result.Path, file).Replace('\\', '/')).Order(StringComparer.Ordinal));
        Assert.Equal("Z", await File.ReadAllTextAsync(Path.Combine(result.Path, "det", "Z.txt")));
        Assert.Equal(archive.Entries.Sum(entry => entry.Length), result.Length);
        Assert.Equal([taskId, taskId + ".provenance.json"], Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Writes_down_what_was_proved()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Bellecour);
        using var host = Connect(chain);
        var task = chain.State.Tasks["completedSingle"];

        var result = Assert.Single(host.Invoke($"Save-IExecTaskResult {task.TaskId} {_folder}/a.zip -Provenance").As<IExecTaskResult>());

        Assert.Equal(Path.Combine(_folder, "a.zip.provenance.json"), result.ProvenancePath);
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
        using var host = Connect(chain);

        var error = Assert.Single(host.Invoke($"Save-IExecTaskResult {chain.State.Tasks["completedMedium"].TaskId} {_folder} -MaximumSizeMB 2").AllErrors());

        Assert.StartsWith("ArchiveUnsafe,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("-MaximumSizeMB", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Stops_at_once_and_leaves_what_can_be_gone_on_with()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = Connect(chain);
        var taskId = chain.State.Tasks["completedMedium"].TaskId;
        _gateway.Faults.PauseAfter = 2_000_000;
        using var running = host.Start($"Save-IExecTaskResult {taskId} {_folder}");
        var partial = Path.Combine(_folder, taskId + ".zip.partial");
        while (!File.Exists(partial) || new FileInfo(partial).Length < 1_000_000)
            await Task.Delay(20);

        running.Stop();

        Assert.Equal([partial], Directory.EnumerateFileSystemEntries(_folder));
        _gateway.Faults.Resume();
        Assert.True(Assert.Single(host.Invoke($"Save-IExecTaskResult {taskId} {_folder}").As<IExecTaskResult>()).CidVerified);
    }

    [Fact]
    public async Task Shows_what_was_proved()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = Connect(chain);

        var text = host.Render($"Save-IExecTaskResult {chain.State.Tasks["completedSingle"].TaskId} {_folder}/r.zip; Save-IExecTaskResult {chain.State.Tasks["completedEncrypted"].TaskId} {_folder}/e.zip");

        Assert.Contains("Cid", text, StringComparison.Ordinal);
        Assert.Contains("proved", text, StringComparison.Ordinal);
        Assert.Contains($"{_folder}/r.zip", text, StringComparison.Ordinal);
    }

    private PowerShellHost Connect(DevnetChain chain)
    {
        var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {chain.RpcUrl} -IpfsGatewayUrl {_gateway.Url} -MaximumRetryCount 1").ThrowOnError();
        return host;
    }
}
