using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Deals;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Results;
using IExec.Tasks.Results.Download;
using IExec.Tasks.Results.Ipfs;
using IExec.Tasks.Transport.Http;
using IExec.Tasks.Workerpools;

namespace IExec.Tasks.Fuzzing.Targets;

/// <summary>The responses of schedulers, Compass, indexes and gateways.</summary>
internal static class ServiceTargets
{
    private const long ChainId = 134;
    private static readonly Uri Url = new("https://service.example/base");
    private static readonly Bytes32 TaskId = Bytes32.Parse("0xec8045dfb0235d46c2d7ece1eadfe7741728754aed8b7efb716e9890cf3e9a8d");
    private static readonly RetryPolicy Retry = new(2, (_, _) => Task.CompletedTask);
    private static readonly string File = Path.Combine(Scratch.MakeFolder("gateway"), "file");

    /// <summary>Two buffers to write from and one that is hashed, which the pool may not have at hand, and less for the rest.</summary>
    private const int DownloadBuffers = 4 * 1024 * 1024;

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("challenge", input => LogChallengeReader.Read(input, ChainId, out _)?.Digest(), typeof(JsonException)) { IsJson = true },
        new("offchain-info", ReadInfo, typeof(JsonException)) { IsJson = true },
        new("worker-logs", ReadLogs, typeof(JsonException)) { IsJson = true },
        new("compass", ReadCompassAsync, typeof(IExecException)) { IsJson = true },
        new("subgraph", input => SearchAsync(input, session => new Subgraph(Url, session)), typeof(IExecException)) { IsJson = true },
        new("market-api", input => SearchAsync(input, session => new MarketApi(Url, session)), typeof(IExecException)) { IsJson = true },
        new("http", ExchangeAsync, typeof(HttpFailureException)) { Slowness = 2 },
        new("gateway", DownloadAsync, typeof(HttpFailureException), typeof(BlockSourceException), typeof(IExecException)) { AllocationBase = DownloadBuffers, Slowness = 5 },
    ];

    private static void ReadInfo(byte[] input)
    {
        using var connection = CannedHandler.Connect(Url, []);
        OffchainInfoReader.Read(input, TaskId, new WorkerpoolApi(Url, default, connection.Http, connection.Open(NoDiagnostics.Instance)));
    }

    private static void ReadLogs(byte[] input)
    {
        foreach (var log in LogReader.Read(input, TaskId))
            _ = VisibleText.Of(log.Stdout) + VisibleText.Of(log.Stderr) + VisibleText.Of(log.Worker);
    }

    private static async Task ReadCompassAsync(byte[] input)
    {
        using var connection = CannedHandler.Connect(Url, [.. "200\n\n"u8, .. input]);
        await new CompassClient(Url, connection, NoDiagnostics.Instance).ReadApiUrlAsync(default, CancellationToken.None);
    }

    private static async Task SearchAsync(byte[] input, Func<IExecSession, IDealIndex> create)
    {
        using var connection = CannedHandler.Connect(Url, [.. "200\n\n"u8, .. input]);
        var answer = await create(connection.Open(NoDiagnostics.Instance)).ReadAsync(new DealFilter { Requester = new Address(new byte[Address.Size]) }, CancellationToken.None);
        Require.That(answer.LastBlock >= -1, "a block has a number");
        Require.That(answer.Deals.All(deal => deal.StartTime >= DateTimeOffset.UnixEpoch), "a deal is made after 1970");
    }

    /// <summary>Status, headers (Retry-After, Location, Content-Type …) and body.</summary>
    private static async Task ExchangeAsync(byte[] input)
    {
        using var client = new HttpClient(new CannedHandler(input));
        var exchange = new HttpExchange(client, TimeSpan.FromSeconds(10), limit: 1024);
        var answer = await exchange.SendAsync(Url, uri => new HttpRequestMessage(HttpMethod.Get, uri), Retry, NoDiagnostics.Instance, CancellationToken.None);
        Require.That(answer.Body.Length <= 1024, "a body stays within its limit");
    }

    private static async Task DownloadAsync(byte[] input)
    {
        using var client = new HttpClient(new CannedHandler(input));
        var gateway = new Gateway(client, Url, TimeSpan.FromSeconds(10), NoDiagnostics.Instance);
        using var target = new PartialFile(File, maximumLength: 1024 * 1024);
        var copy = new PlainCopy(gateway, target, new TransferMeter(SaveStage.Downloading, null), _ => { });
        await copy.RunAsync(ResultLocation.Parse("QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn"), CancellationToken.None);
    }
}
