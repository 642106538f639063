using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading.Tasks;
using IExec.Tasks.Contracts;
using IExec.Tasks.Devnet;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.Benchmarks;

/// <summary>Reads 1,000 tasks and one task: the iexec SDK, a client that only sends bytes and waits for bytes, and Get-IExecTask.</summary>
internal sealed class ReadBenchmark : IBenchmark
{
    private const int ChunkSize = 500;

    // The runtime recompiles frequent methods, after 30 calls and a short time.
    private const int WarmUps = 60;

    public string Name => "read";

    public async Task<IReadOnlyList<BenchmarkRow>> RunAsync(bool asksPeers)
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        string[] one = [chain.State.Tasks["active"].TaskId];

        // The SDK fails on uninitialised tasks, so the thousand are the initialised ones, some of them twice.
        var initialised = chain.State.Deals["bag"].Tasks.Where(task => task.State != "unset").Select(task => task.TaskId).ToList();
        string[] thousand = [.. initialised.Concat(initialised).Take(1000)];
        return
        [
            await MeasureAsync(chain, asksPeers, "read 1,000 tasks, warm", thousand, rounds: 100, peerRounds: 5, (peer, limit, ours) =>
                ("≥ 50 × the SDK, ≤ 2 × the limit", !(peer < 50 * ours) && ours <= 2 * limit)),
            await MeasureAsync(chain, asksPeers, "read 1 task, warm", one, rounds: 200, peerRounds: 50, (_, _, ours) => ("≤ 3 ms", ours <= TimeSpan.FromMilliseconds(3))),
        ];
    }

    private static async Task<BenchmarkRow> MeasureAsync(
        DevnetChain chain, bool asksPeers, string work, string[] taskIds, int rounds, int peerRounds, Func<TimeSpan?, TimeSpan, TimeSpan, (string Target, bool IsReached)> judge)
    {
        var peer = asksPeers ? Sample.Of(await NodePeer.RunAsync<double[]>("read.mjs", new { url = chain.RpcUrl, taskIds, rounds = peerRounds })).Time : (TimeSpan?)null;

        using var client = new HttpClient();
        var requests = Requests(chain.State.Contracts.Hub, taskIds);
        using var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {chain.RpcUrl}").ThrowOnError();
        host.Set("ids", taskIds);
        var (limit, ours) = await Timing.MeasureInTurnAsync(WarmUps, rounds, () => ExchangeAsync(client, chain.RpcUrl, requests), () => Task.FromResult(Read(host)));

        var (target, isReached) = judge(peer, limit.Time, ours.Time);
        var (peerText, ratio) = peer is { } time ? ($"SDK: {Timing.Text(time)}", $" ({time / ours.Time:0} × the SDK)") : ("–", "");
        return new BenchmarkRow(work, peerText, Timing.Text(limit.Time), Timing.Text(ours.Time) + ratio, Gauge.Of(ours, limit), target, isReached);
    }

    /// <summary>The minimum to read the tasks: prepared aggregate calls, or a prepared viewTask for one.</summary>
    private static byte[][] Requests(string hub, string[] taskIds)
    {
        var target = Address.Parse(hub);
        if (taskIds.Length == 1)
            return [Request(target, TaskCodec.Encode(Bytes32.Parse(taskIds[0])))];
        return
        [
            .. taskIds.Chunk(ChunkSize).Select(chunk => Request(
                Multicall3.ContractAddress,
                Multicall3.Encode([.. chunk.Select(id => new ContractCall(target, TaskCodec.Encode(Bytes32.Parse(id))))]))),
        ];
    }

    private static byte[] Request(Address to, byte[] data) => Encoding.UTF8.GetBytes(
        $$"""{"jsonrpc":"2.0","id":1,"method":"eth_call","params":[{"to":"{{to}}","data":"{{Hex.Encode(data)}}"},"latest"]}""");

    /// <summary>The time within the shell: a script of a user makes no pipeline of its own for every command.</summary>
    private static TimeSpan Read(PowerShellHost host)
    {
        var result = host.Invoke("$clock = [Diagnostics.Stopwatch]::StartNew(); $null = Get-IExecTask $ids; $clock.Elapsed");
        result.ThrowOnError();
        return result.As<TimeSpan>().Single();
    }

    private static async Task<TimeSpan> ExchangeAsync(HttpClient client, Uri url, byte[][] requests)
    {
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(requests.Select(request => ExchangeAsync(client, url, request)));
        return clock.Elapsed;
    }

    private static async Task ExchangeAsync(HttpClient client, Uri url, byte[] request)
    {
        using var content = new ByteArrayContent(request);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await client.PostAsync(url, content);
        await response.Content.ReadAsByteArrayAsync();
    }
}
