using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Numerics;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Fakes.Ipfs;
using IExec.Tasks.Results;
using IExec.Tasks.Results.Ipfs;
using IExec.Tasks.Results.Saving;
using IExec.Tasks.UnitTests.Connections;

namespace IExec.Tasks.UnitTests.Results;

/// <summary>A gateway, an empty folder, and completed tasks whose results are in the one and are saved to the other.</summary>
internal sealed class ResultBench : IAsyncDisposable, IDiagnostics
{
    private const string TaskId = "0xec8045dfb0235d46c2d7ece1eadfe7741728754aed8b7efb716e9890cf3e9a8d";

    /// <summary>A length that a download can stop in the middle of with a third on the disk: up to a MiB may have come and not be written yet.</summary>
    public const int LengthToStopIn = 6_500_000;

    private readonly List<IpfsGateway> _gateways = [];

    private ResultBench() => Folder = Directory.CreateTempSubdirectory("iexec-results-").FullName;

    public string Folder { get; }

    public string Target => Path.Combine(Folder, "result.zip");

    public IpfsGateway Gateway => _gateways[0];

    public ConcurrentQueue<string> Messages { get; } = new();

    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(20);

    public int RetryCount { get; set; } = 2;

    public static async Task<ResultBench> StartAsync()
    {
        var bench = new ResultBench();
        await bench.AddGatewayAsync();
        return bench;
    }

    /// <summary>Another gateway, which has the same blocks.</summary>
    public async Task<IpfsGateway> AddGatewayAsync()
    {
        var gateway = await IpfsGateway.StartAsync(_gateways.Count == 0 ? null : Gateway.Blocks);
        _gateways.Add(gateway);
        return gateway;
    }

    /// <summary>Adds a file to IPFS and returns a task with it as the result.</summary>
    public async Task<IExecTask> AddAsync(byte[] file, Bytes32 digest, UnixFsLayout? layout = null, string? callback = null) =>
        TaskAt($"/ipfs/{(await Gateway.Blocks.AddFileAsync(file, layout ?? UnixFsLayout.Version0)).Cid}", digest, callback);

    /// <summary>A result of this length in many blocks, whose deterministic output is one incompressible file.</summary>
    public async Task<(IExecTask Task, byte[] File, UnixFsPiece Root)> AddLargeAsync(int length = 3_000_000, UnixFsLayout? layout = null)
    {
        var output = new byte[length];
        new Random(length).NextBytes(output);
        var file = Zip(("computed.json", Computed("data.bin")), ("data.bin", output));
        var root = await Gateway.Blocks.AddFileAsync(file, layout ?? UnixFsLayout.Version0);
        return (TaskAt($"/ipfs/{root.Cid}", new(SHA256.HashData(output))), file, root);
    }

    /// <summary>A completed task.</summary>
    public static IExecTask TaskAt(string? location, Bytes32 digest, string? callback = null, string storage = "ipfs") => new()
    {
        TaskId = TaskId,
        DealId = "0x" + new string('1', 64),
        ChainId = 134,
        OnChainStatus = IExecTaskStatus.Completed,
        Result = new(storage, location, null),
        ResultDigest = digest.ToString(),
        ResultsCallback = callback ?? "0x",
        ConsensusValue = Hex.Encode(Keccak256.Hash([.. Hex.Decode(TaskId), .. Hex.Decode(digest.ToString())])),
    };

    /// <summary>The same task with a digest that does not match its consensus value.</summary>
    public static IExecTask WithDigest(IExecTask task, Bytes32 digest) => new()
    {
        TaskId = task.TaskId,
        OnChainStatus = task.OnChainStatus,
        Result = task.Result,
        ResultDigest = digest.ToString(),
        ConsensusValue = task.ConsensusValue,
    };

    public ResultSaveOptions Options(bool force = false) => new() { Path = Target, Force = force };

    public async Task<SavedResult> SaveAsync(IExecTask task, ResultSaveOptions? options = null, IProgress<ResultProgress>? progress = null, IEnumerable<Uri>? gateways = null, CancellationToken cancellationToken = default)
    {
        return await SaveAsync(ResultPlan.Create(task, options ?? Options()), progress, gateways, cancellationToken);
    }

    /// <summary>Saves what was planned before.</summary>
    public async Task<SavedResult> SaveAsync(ResultPlan plan, IProgress<ResultProgress>? progress = null, IEnumerable<Uri>? gateways = null, CancellationToken cancellationToken = default)
    {
        using var connection = OfflineConnection.Create(gateways: gateways ?? _gateways.Select(gateway => gateway.Url), timeout: TimeLimit, retryCount: RetryCount);
        return await new ResultSaver(connection.Open(this)).SaveAsync(plan, progress, cancellationToken);
    }

    /// <summary>Saves, expecting a failure that leaves nothing under the final name.</summary>
    public async Task<IExecException> FailAsync(IExecTask task, IExecErrorId id, ResultSaveOptions? options = null)
    {
        var failure = await Assert.ThrowsAsync<IExecException>(() => SaveAsync(task, options));
        Assert.True(failure.ErrorId == id, $"{failure.ErrorId}: {failure.Message}\n{string.Join('\n', Messages)}");
        Assert.False(File.Exists(Target), "A file landed under the final name.");
        return failure;
    }

    /// <summary>Asserts that the file is saved and verified.</summary>
    public void AssertSaved(byte[] file, SavedResult saved)
    {
        Assert.Equal((true, true, null), (saved.Result.CidVerified, saved.Result.DigestVerified, saved.Result.Reason));
        Assert.Empty(saved.Warnings);
        Assert.Equal((Target, (long)file.Length), (saved.Result.Path, saved.Result.Length));
        Assert.True(file.AsSpan().SequenceEqual(File.ReadAllBytes(Target)), "The file is another one.");
    }

    /// <summary>Everything below the folder.</summary>
    public IReadOnlyList<string> Files() =>
        [.. Directory.EnumerateFileSystemEntries(Folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Folder, path)).Order(StringComparer.Ordinal)];

    public static byte[] Computed(string path) => System.Text.Encoding.UTF8.GetBytes($$"""{"deterministic-output-path":"/iexec_out/{{path}}"}""");

    public static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }

    public void Verbose(string message) => Messages.Enqueue(message);

    public Task WarnAsync(string message)
    {
        Messages.Enqueue(message);
        return Task.CompletedTask;
    }

    public void Debug(string message) => Messages.Enqueue(message);

    public void CountRequest()
    {
    }

    public void SeeBlock(DateTimeOffset timestamp, BigInteger? number)
    {
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in _gateways)
            await gateway.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
