using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using IExec.Tasks.Contracts;
using IExec.Tasks.Devnet;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Benchmarks;

/// <summary>Decodes what viewTask returned for a completed task, to the object that the cmdlet emits.</summary>
internal sealed class DecodeBenchmark : IBenchmark
{
    private const double MostMicroseconds = 5;
    private const double MostKibibytes = 3;

    public string Name => "decode";

    public async Task<IReadOnlyList<BenchmarkRow>> RunAsync(bool asksPeers)
    {
        await using (var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum))
        {
            var taskId = chain.State.Tasks["completedSingle"].TaskId;
            var call = new { to = chain.State.Contracts.Hub, data = Hex.Encode(TaskCodec.Encode(Bytes32.Parse(taskId))) };
            JsonElement answer = await chain.SendAsync("eth_call", call, "latest");
            Decoding.TaskId = Bytes32.Parse(taskId);
            Decoding.ReturnText = answer.GetString()!;
            Decoding.ReturnData = Hex.Decode(Decoding.ReturnText);
        }

        var config = ManualConfig.CreateEmpty().AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)).AddLogger(NullLogger.Instance).AddColumnProvider();
        var reports = BenchmarkRunner.Run<Decoding>(config.AddDiagnoser(BenchmarkDotNet.Diagnosers.MemoryDiagnoser.Default)).Reports;
        var (time, kibibytes) = Cost(reports, nameof(Decoding.Decode));
        var peer = Cost(reports, nameof(Decoding.DecodeByNethereum));
        return
        [
            new BenchmarkRow(
                "decode one viewTask result", $"Nethereum.Web3 6.1.0: {peer.Time.Median:0.0} µs, {peer.Kibibytes:0.0} KiB", "–", $"{time.Median:0.0} µs, {kibibytes:0.0} KiB",
                Gauge.Of(time, peer.Time),
                "≤ 5 µs, ≤ 3 KiB", time.Median <= MostMicroseconds && kibibytes <= MostKibibytes),
        ];
    }

    /// <summary>The microseconds and the memory of one call.</summary>
    private static (Sample Time, double Kibibytes) Cost(IEnumerable<BenchmarkReport> reports, string method)
    {
        var report = reports.Single(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name == method);
        var time = report.ResultStatistics!;
        return (new Sample(time.Mean / 1000, time.StandardDeviation / time.Mean), report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase)!.Value / 1024.0);
    }
}
