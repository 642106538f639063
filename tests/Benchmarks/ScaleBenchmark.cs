using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.Benchmarks;

/// <summary>
/// Reads from 10 to 100,000 tasks whose ids come down the pipeline and whose objects nobody keeps: how the time grows, when the first object is there, and
/// how much memory is taken at most. The limit is the time of 1,000 tasks, as often as there are thousands.
/// </summary>
internal sealed class ScaleBenchmark : IBenchmark
{
    private const int Unit = 1000;
    private const int WarmUps = 30;
    private const int Rounds = 7;
    private const double Megabyte = 1024 * 1024;
    private static readonly int[] Sizes = [10, 100, Unit, 10_000, 100_000];

    public string Name => "scale";

    public async Task<IReadOnlyList<BenchmarkRow>> RunAsync(bool asksPeers)
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        string[] initialised = [.. chain.State.Deals["bag"].Tasks.Where(task => task.State != "unset").Select(task => task.TaskId)];
        using var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {chain.RpcUrl}").ThrowOnError();
        for (var i = 0; i < WarmUps; i++)
            Read(host, initialised, Unit);

        var unit = Sample.Of(Enumerable.Range(0, Rounds).Select(_ => Read(host, initialised, Unit).All.TotalMilliseconds));
        return [.. Sizes.Select(size => Measure(host, initialised, size, unit))];
    }

    private static BenchmarkRow Measure(PowerShellHost host, string[] taskIds, int size, Sample unit)
    {
        var idle = ProcessFigures.Take().WorkingSet;
        using var process = Process.GetCurrentProcess();
        var runs = Enumerable.Range(0, Rounds).Select(_ => Read(host, taskIds, size)).ToList();
        var all = Sample.Of(runs.Select(run => run.All.TotalMilliseconds));
        var first = Sample.Of(runs.Select(run => run.First.TotalMilliseconds));
        process.Refresh();
        var limit = new Sample(unit.Median * size / Unit, unit.Spread);
        return new BenchmarkRow(
            $"read {size:N0} tasks down a pipeline",
            "–",
            Timing.Text(limit.Time),
            $"{Timing.Text(all.Time)}, the first after {Timing.Text(first.Time)}, at most {Math.Max(0, process.PeakWorkingSet64 - idle) / Megabyte:0} MB above idle",
            Gauge.Of(all, limit),
            size <= Unit ? "–" : "≤ 1.5 × the limit",
            size <= Unit || all.Median <= 1.5 * limit.Median);
    }

    /// <summary>The time until the first object, and until the end.</summary>
    private static (TimeSpan First, TimeSpan All) Read(PowerShellHost host, string[] taskIds, int size)
    {
        var result = host.Invoke(
            """
            param($ids, $size)
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $first = $null
            & { for ($i = 0; $i -lt $size; $i++) { $ids[$i % $ids.Length] } } | Get-IExecTask | & { process { if ($null -eq $first) { $script:first = $first = $clock.Elapsed } } }
            $script:first
            $clock.Elapsed
            """,
            ("ids", taskIds),
            ("size", size));
        result.ThrowOnError();
        return result.As<TimeSpan>() is [var first, var all] ? (first, all) : throw new InvalidOperationException("No task was read.");
    }
}
