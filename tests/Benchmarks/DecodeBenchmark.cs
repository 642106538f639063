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

    public async Task<IReadOnlyList<BenchmarkRow>> RunAsync()
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
        var (microseconds, kibibytes) = Cost(reports, nameof(Decoding.Decode));
        var peer = Cost(reports, nameof(Decoding.DecodeByNethereum));
        return
        [
            new BenchmarkRow(
                "decode one viewTask result", $"Nethereum.Web3 6.1.0: {peer.Microseconds:0.0} µs, {peer.Kibibytes:0.0} KiB", "–", $"{microseconds:0.0} µs, {kibibytes:0.0} KiB",
                "≤ 5 µs, ≤ 3 KiB", microseconds <= MostMicroseconds && kibibytes <= MostKibibytes),
        ];
    }

    private static (double Microseconds, double Kibibytes) Cost(IEnumerable<BenchmarkReport> reports, string method)
    {
        var report = reports.Single(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name == method);
        return (report.ResultStatistics!.Mean / 1000, report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase)!.Value / 1024.0);
    }
}
