using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.Benchmarks;

/// <summary>
/// Imports the module into fresh runspaces of a warm engine, and adds up what PowerShell 7 gets of it. NuGet does not serve Nethereum here, so
/// the size of a module that is made with it is stated, not measured.
/// </summary>
internal sealed class ImportBenchmark : IBenchmark
{
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(50);

    private const int NethereumAssemblies = 21;
    private const double NethereumMegabytes = 7.45;

    public string Name => "import";

    public async Task<IReadOnlyList<BenchmarkRow>> RunAsync()
    {
        var hosts = new Queue<PowerShellHost>(Enumerable.Range(0, 25).Select(_ => new PowerShellHost()));
        var time = await Timing.MedianAsync(5, 20, () =>
        {
            using var host = hosts.Dequeue();
            host.Import(RepositoryPaths.Manifest);
            return Task.CompletedTask;
        });
        var isLazy = !AppDomain.CurrentDomain.GetAssemblies().Any(assembly => assembly.GetName().Name == "BouncyCastle.Cryptography");
        return
        [
            new BenchmarkRow(
                "import the module, warm engine", "–", "–", $"{Timing.Text(time)}, BouncyCastle {(isLazy ? "not loaded" : "loaded")}", "≤ 50 ms, BouncyCastle not loaded", time <= Most && isLazy),
            Size(),
        ];
    }

    private static BenchmarkRow Size()
    {
        var assemblies = new DirectoryInfo(Path.Combine(RepositoryPaths.Root, "lib", "net8.0")).GetFiles("*.dll", SearchOption.AllDirectories);
        var megabytes = assemblies.Sum(assembly => assembly.Length) / 1e6;
        return new BenchmarkRow(
            "assemblies for PowerShell 7",
            $"a module on Nethereum.Web3: {NethereumAssemblies}, {NethereumMegabytes} MB (stated, not measured)",
            "–",
            $"{assemblies.Length}, {megabytes:0.00} MB",
            "fewer and smaller",
            assemblies.Length < NethereumAssemblies && megabytes < NethereumMegabytes);
    }
}
