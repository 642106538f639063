using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.CmdletTests.Commands;

/// <summary>Saves the results of the real contracts' tasks from a gateway that has the real blocks.</summary>
public sealed class SaveIExecTaskResultTests(DevnetFixture devnet) : IClassFixture<DevnetFixture>, IAsyncLifetime
{
    private SaveBench _bench = null!;

    public static TheoryData<DevnetProfile> Profiles => [DevnetProfile.Arbitrum, DevnetProfile.Bellecour];

    public async Task InitializeAsync() => _bench = await SaveBench.StartAsync(devnet);

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Saves_and_verifies_every_kind_of_result(DevnetProfile profile)
    {
        var chain = await devnet.GetAsync(profile);
        using var host = _bench.Connect(chain);
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

            var invocation = host.Invoke($"Save-IExecTaskResult {taskId} {_bench.Folder}");

            var result = Assert.Single(invocation.As<IExecTaskResult>());
            Assert.Equal((true, true, null), (result.CidVerified, result.DigestVerified, result.Reason));
            Assert.Equal((taskId, Path.Combine(_bench.Folder, taskId + ".zip"), (long)expected.Length), (result.TaskId, result.Path, result.Length));
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
            using var host = _bench.Connect(chain);
            var taskId = chain.State.Tasks[name].TaskId;

            var invocation = host.Invoke($"Save-IExecTaskResult {taskId} {_bench.Folder}");

            var error = Assert.Single(invocation.AllErrors());
            Assert.StartsWith(errorId + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Equal((category, taskId), (error.CategoryInfo.Category, error.TargetObject));
            Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
            Assert.Empty(invocation.Output);
            Assert.Empty(Directory.EnumerateFileSystemEntries(_bench.Folder));
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Decrypts_both_forms_and_verifies_the_archive(DevnetProfile profile)
    {
        var chain = await devnet.GetAsync(profile);
        using var host = _bench.Connect(chain);
        foreach (var name in new[] { "completedEncrypted", "completedEncryptedLegacy" })
        {
            var result = Assert.Single(host.Invoke($"Save-IExecTaskResult {chain.State.Tasks[name].TaskId} {_bench.Folder} -BeneficiaryKeyPath {DevnetFiles.BeneficiaryKey}").As<IExecTaskResult>());

            Assert.Equal((true, true, true, true), (result.IsEncrypted, result.IsDecrypted, result.CidVerified, result.DigestVerified));
            Assert.Equal(chain.State.Content["single"].ReadArchive(), File.ReadAllBytes(result.Path));
        }

        Assert.Equal(2, Directory.EnumerateFileSystemEntries(_bench.Folder).Count());
    }

    [Fact]
    public async Task Saves_an_encrypted_result_as_it_is_without_a_key_and_says_so()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = _bench.Connect(chain);

        var invocation = host.Invoke($"Save-IExecTaskResult {chain.State.Tasks["completedEncrypted"].TaskId} {_bench.Folder}");

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
    public async Task Distinguishes_an_invalid_key_from_a_wrong_one(string kind, string errorId)
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = _bench.Connect(chain);
        using var rsa = System.Security.Cryptography.RSA.Create(2048);
        var key = Path.Combine(_bench.Folder, "key.pem");
        if (kind != "no-such-file")
        {
            await File.WriteAllTextAsync(key, kind switch
            {
                "another key" => rsa.ExportPkcs8PrivateKeyPem(),
                "encrypted key" => rsa.ExportEncryptedPkcs8PrivateKeyPem("right", new(System.Security.Cryptography.PbeEncryptionAlgorithm.Aes256Cbc, System.Security.Cryptography.HashAlgorithmName.SHA256, 1000)),
                _ => "hello",
            });
        }

        var invocation = host.Invoke($"Save-IExecTaskResult {chain.State.Tasks["completedEncrypted"].TaskId} {_bench.Folder} -BeneficiaryKeyPath {key}");

        Assert.Equal(errorId, invocation.SingleErrorId());
        Assert.DoesNotContain(Directory.EnumerateFiles(_bench.Folder), path => path != key);
    }

    [Theory]
    [InlineData("completedCallback")]
    [InlineData("completedCallbackEthereum")]
    public async Task Saves_callback_bytes_only_where_the_user_says(string name)
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = _bench.Connect(chain);
        var task = chain.State.Tasks[name];

        Assert.Equal("ResultNotOnIpfs", host.Invoke($"Save-IExecTaskResult {task.TaskId}").SingleErrorId());
        var result = Assert.Single(host.Invoke($"Save-IExecTaskResult {task.TaskId} -Path {_bench.Folder}").As<IExecTaskResult>());

        Assert.Equal((Path.Combine(_bench.Folder, task.TaskId + ".bin"), true, null, "ethereum"), (result.Path, result.DigestVerified, result.CidVerified, result.Storage));
        Assert.Equal(Convert.FromHexString(task.CallbackData[2..]), File.ReadAllBytes(result.Path));
        Assert.Empty(_bench.Gateway.Requests);
    }

    [Fact]
    public async Task Says_that_the_digest_of_a_callback_task_does_not_cover_its_archive()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = _bench.Connect(chain);

        var invocation = host.Invoke($"Save-IExecTaskResult {chain.State.Tasks["completedCallbackIpfs"].TaskId} {_bench.Folder}");

        var result = Assert.Single(invocation.As<IExecTaskResult>());
        Assert.Equal((true, null), (result.CidVerified, result.DigestVerified));
        Assert.Contains("covers the callback bytes", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warns_of_an_error_report_with_its_first_lines()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = _bench.Connect(chain);

        var invocation = host.Invoke($"Save-IExecTaskResult {chain.State.Tasks["completedError"].TaskId} {_bench.Folder}");

        Assert.True(Assert.Single(invocation.As<IExecTaskResult>()).DigestVerified);
        var warning = Assert.Single(invocation.Warnings);
        Assert.Contains("completed with an error report", warning, StringComparison.Ordinal);
        Assert.Contains("DATASET_FILE_DOWNLOAD_FAILED", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warns_when_an_archive_does_not_name_its_output()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = _bench.Connect(chain);

        var invocation = host.Invoke($"Save-IExecTaskResult {chain.State.Tasks["completedNoComputedJson"].TaskId} {_bench.Folder}");

        Assert.Equal((true, null), (Assert.Single(invocation.As<IExecTaskResult>()).CidVerified, invocation.As<IExecTaskResult>()[0].DigestVerified));
        Assert.Contains("could not be compared", Assert.Single(invocation.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_a_mismatch_only_when_told_to_skip_verification()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = _bench.Connect(chain);

        var invocation = host.Invoke($"Save-IExecTaskResult {chain.State.Tasks["completedDigestMismatch"].TaskId} {_bench.Folder} -SkipVerification");

        var result = Assert.Single(invocation.As<IExecTaskResult>());
        Assert.Equal((null, false), (result.CidVerified, result.DigestVerified));
        Assert.Contains("does not match what the workers agreed on", Assert.Single(invocation.Warnings), StringComparison.Ordinal);
        Assert.Equal("", Assert.Single(_bench.Gateway.Requests).Query);
    }

    [Fact]
    public async Task Lets_the_others_go_on_after_a_bad_one()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = _bench.Connect(chain);
        var ids = new[] { chain.State.Tasks["completedSingle"].TaskId, "nonsense", chain.State.Tasks["completedDropbox"].TaskId, chain.State.Tasks["completedRoot"].TaskId };

        var invocation = host.Invoke("param($ids, $folder) $ids | Save-IExecTaskResult -Path $folder", ("ids", ids), ("folder", _bench.Folder));

        Assert.Equal(["InvalidTaskId", "ResultNotOnIpfs"], invocation.ErrorIds());
        Assert.Equal([ids[0], ids[3]], invocation.Output.Select(item => ((IExecTaskResult)item.BaseObject).TaskId));
    }

    [Fact]
    public async Task Shows_what_was_verified()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = _bench.Connect(chain);

        var text = host.Render($"Save-IExecTaskResult {chain.State.Tasks["completedSingle"].TaskId} {_bench.Folder}/r.zip; Save-IExecTaskResult {chain.State.Tasks["completedEncrypted"].TaskId} {_bench.Folder}/e.zip");

        Assert.Contains($"Folder: {_bench.Folder}", text, StringComparison.Ordinal);
        Assert.Contains("both     r.zip", text, StringComparison.Ordinal);
        Assert.Contains("CID      e.zip", text, StringComparison.Ordinal);
    }
}
