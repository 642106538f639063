using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace IExec.Tasks.Benchmarks;

/// <summary>Runs the benchmarks named on the command line, or all, and prints the table that the README quotes.</summary>
internal static class Program
{
    private static readonly IBenchmark[] All =
        [new ReadBenchmark(), new ImportBenchmark(), new ClaimBenchmark(), new DecodeBenchmark(), new SaveResultBenchmark()];

    private static async Task<int> Main(string[] names)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        switch (names)
        {
            // Processes that a benchmark starts beside itself.
            case [ResultServer.Mode, var megabytes]:
                return await ResultServer.RunAsync(megabytes);
            case [SaveClient.Mode, var rpcUrl, var gatewayUrl, var warmUp, var taskId]:
                return SaveClient.Run(rpcUrl, gatewayUrl, warmUp, taskId);
        }

        var chosen = names.Length == 0 ? All : [.. All.Where(benchmark => names.Contains(benchmark.Name))];
        if (chosen.Length < names.Length)
        {
            await Console.Error.WriteLineAsync($"Benchmarks: {string.Join(' ', All.Select(benchmark => benchmark.Name))}");
            return 2;
        }

        var rows = new List<BenchmarkRow>();
        foreach (var benchmark in chosen)
            rows.AddRange(await benchmark.RunAsync());

        Console.WriteLine();
        Console.WriteLine("| work | peer | limit | IExec.Task | must reach | reached |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var row in rows)
            Console.WriteLine($"| {row.Work} | {row.Peer} | {row.Limit} | {row.Ours} | {row.Target} | {(row.IsReached ? "yes" : "no")} |");
        return rows.TrueForAll(row => row.IsReached) ? 0 : 1;
    }
}
