using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
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
            Decoding.ReturnData = Hex.Decode(answer.GetString()!);
        }

        var config = ManualConfig.CreateEmpty().AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)).AddLogger(NullLogger.Instance).AddColumnProvider();
        var report = BenchmarkRunner.Run<Decoding>(config.AddDiagnoser(BenchmarkDotNet.Diagnosers.MemoryDiagnoser.Default)).Reports.Single();
        var microseconds = report.ResultStatistics!.Mean / 1000;
        var kibibytes = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase)!.Value / 1024.0;
        return
        [
            new BenchmarkRow(
                "decode one viewTask result", "Nethereum: 64 µs, 48 KB (not measured here: it cannot be restored)", "–", $"{microseconds:0.0} µs, {kibibytes:0.0} KiB",
                "≤ 5 µs, ≤ 3 KiB", microseconds <= MostMicroseconds && kibibytes <= MostKibibytes),
        ];
    }
}
