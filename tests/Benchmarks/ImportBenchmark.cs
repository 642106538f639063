using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.Benchmarks;

/// <summary>Imports the module into fresh runspaces of a warm engine.</summary>
internal sealed class ImportBenchmark : IBenchmark
{
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(50);

    public string Name => "import";

    public async Task<IReadOnlyList<BenchmarkRow>> RunAsync(bool asksPeers)
    {
        var hosts = new Queue<PowerShellHost>(Enumerable.Range(0, 25).Select(_ => new PowerShellHost()));
        var time = await Timing.MeasureAsync(5, 20, () =>
        {
            using var host = hosts.Dequeue();
            host.Import(RepositoryPaths.Manifest);
            return Task.CompletedTask;
        });
        var isLazy = !AppDomain.CurrentDomain.GetAssemblies().Any(assembly => assembly.GetName().Name == "IExec.Task.Ethereum");
        return
        [
            new BenchmarkRow(
                "import the module, warm engine", "–", "–", $"{Timing.Text(time.Time)}, the adapter on Nethereum {(isLazy ? "not loaded" : "loaded")}", Gauge.Of(time),
                "≤ 50 ms, the adapter not loaded", time.Time <= Most && isLazy),
        ];
    }
}
