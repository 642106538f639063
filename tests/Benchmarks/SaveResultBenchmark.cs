using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.Benchmarks;

/// <summary>
/// Saves a result of 200 MB and one of 2 GB: curl, which verifies nothing, from the same gateway; @helia/verified-fetch, the other client
/// that verifies what it downloads; and Save-IExecTaskResult, with CID and digest verified, and with only the digest reported. Each client and the gateway is a
/// process of its own.
/// </summary>
internal sealed class SaveResultBenchmark : IBenchmark
{
    private const double LeastOfCurlsSpeed = 0.85;
    private const double MostMegabytes = 48;
    private const double Megabyte = 1024 * 1024;

    public string Name => "save";

    public async Task<IReadOnlyList<BenchmarkRow>> RunAsync(bool asksPeers) =>
        [.. await MeasureAsync(asksPeers, 200, "200 MB", rounds: 7), .. await MeasureAsync(asksPeers, 2048, "2 GB", rounds: 5)];

    private static async Task<BenchmarkRow[]> MeasureAsync(bool asksPeers, int megabytes, string size, int rounds)
    {
        using var server = Start(Environment.ProcessPath!, ResultServer.Mode, $"{megabytes}");
        var served = JsonSerializer.Deserialize<ServedResult>(await ReadLineAsync(server))!;
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        var taskId = await CompleteTaskAsync(chain, served);

        var (curl, ours, unverified) = await MeasureInTurnAsync(chain, served, taskId, rounds);
        var peer = asksPeers ? await MeasurePeerAsync(served, megabytes > 1000 ? 1 : 3) : "–";
        server.StandardInput.Close();
        await server.WaitForExitAsync();

        var (curlTime, ourTime, unverifiedTime) = (Sample.Of(curl), Sample.Of(ours.Seconds), Sample.Of(unverified));
        var (curlSpeed, ourSpeed, unverifiedSpeed) = (Speed(served, curlTime), Speed(served, ourTime), Speed(served, unverifiedTime));
        var memory = (ours.Peak - ours.Idle) / Megabyte;
        var limit = $"curl -o, nothing verified: {curlSpeed:0} MB/s";
        return
        [
            new BenchmarkRow(
                $"save a result of {size}, verified",
                peer,
                limit,
                $"{ourSpeed:0} MB/s ({ourSpeed / curlSpeed:0.00} × curl), {memory:0} MB above idle",
                Gauge.Of(ourTime, curlTime),
                $"≥ {LeastOfCurlsSpeed} × curl, ≤ {MostMegabytes} MB above idle",
                ourSpeed >= LeastOfCurlsSpeed * curlSpeed && memory <= MostMegabytes),
            new BenchmarkRow(
                $"save a result of {size}, CID not verified",
                "–",
                limit,
                $"{unverifiedSpeed:0} MB/s ({unverifiedSpeed / curlSpeed:0.00} × curl)",
                Gauge.Of(unverifiedTime, curlTime),
                "not slower than verified",
                unverifiedSpeed >= ourSpeed),
        ];
    }

    private static async Task<string> MeasurePeerAsync(ServedResult served, int rounds)
    {
        var figures = await NodePeer.RunAsync<TransferFigures>("verified-fetch.mjs", new { url = served.Url, cid = served.Cid, rounds }, "peer-helia");
        return $"@helia/verified-fetch: {Speed(served, Sample.Of(figures.Seconds)):0} MB/s, {(figures.Peak - figures.Idle) / Megabyte:0} MB above idle";
    }

    private static double Speed(ServedResult served, Sample seconds) => served.Length / Megabyte / seconds.Median;

    private static async Task<string> CompleteTaskAsync(DevnetChain chain, ServedResult served)
    {
        var deal = await chain.CreateDealAsync("benchmark", DevnetChain.CategoryXs);
        var taskId = deal.Tasks[0].TaskId;
        await chain.InitializeAsync(deal.DealId, 0);
        await chain.ContributeAsync(taskId, served.Digest);
        await chain.RevealAsync(taskId, served.Digest);
        await chain.FinalizeAsync(taskId, $$"""{ "storage": "ipfs", "location": "/ipfs/{{served.Cid}}" }""");
        return taskId;
    }

    /// <summary>
    /// In turn, many times, so that other work of the machine slows all alike. Every second round is in the reverse order: what is measured later finds
    /// more of the disk's cache filled.
    /// </summary>
    private static async Task<(double[] Curl, TransferFigures Ours, double[] Unverified)> MeasureInTurnAsync(DevnetChain chain, ServedResult served, string taskId, int rounds)
    {
        using var client = Start(
            Environment.ProcessPath!, SaveClient.Mode, chain.RpcUrl.ToString(), served.Url, chain.State.Tasks["completedMedium"].TaskId, taskId);
        var (curl, ours, unverified) = (new double[rounds], new double[rounds], new double[rounds]);
        await CurlAsync(served); // warms the gateway up
        for (var i = 0; i < rounds; i++)
        {
            Func<Task>[] turns =
            [
                async () => curl[i] = await CurlAsync(served),
                async () => ours[i] = await SaveAsync(""),
                async () => unverified[i] = await SaveAsync(SaveClient.Unverified),
            ];
            if (i % 2 == 1)
                Array.Reverse(turns);
            foreach (var turn in turns)
                await turn();
        }

        client.StandardInput.Close();
        return (curl, JsonSerializer.Deserialize<TransferFigures>(await ReadLineAsync(client))! with { Seconds = ours }, unverified);

        async Task<double> SaveAsync(string parameters)
        {
            await client.StandardInput.WriteLineAsync(parameters);
            return double.Parse(await ReadLineAsync(client), CultureInfo.InvariantCulture);
        }
    }

    private static async Task<double> CurlAsync(ServedResult served)
    {
        var file = Path.GetTempFileName();
        var clock = Stopwatch.StartNew();
        using var curl = Start("curl", "-sS", "--fail", "-o", file, $"{served.Url}ipfs/{served.Cid}");
        await curl.WaitForExitAsync();
        var seconds = clock.Elapsed.TotalSeconds;
        if (new FileInfo(file).Length != served.Length)
            throw new InvalidOperationException("curl failed.");
        File.Delete(file);
        return seconds;
    }

    private static async Task<string> ReadLineAsync(Process process) =>
        await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"{process.StartInfo.FileName} ended too early.");

    private static Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo(program, arguments)
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;
}
