using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Benchmarks.Load;
using IExec.Tasks.Benchmarks.Watching;

namespace IExec.Tasks.Benchmarks;

/// <summary>
/// Runs the benchmarks named on the command line, or all, and prints the table that the README quotes; or one long run, with its minutes.
/// After <c>gate</c>, what is worse than <see cref="Table"/> fails; after <c>record</c>, the table is written anew. Neither asks the peers.
/// </summary>
internal static class Program
{
    private const string Gate = "gate";
    private const string Record = "record";

    private static readonly IBenchmark[] All =
    [
        new ReadBenchmark(), new WatchBenchmark(), new ColdStartBenchmark(), new ImportBenchmark(), new ClaimBenchmark(), new DecodeBenchmark(),
        new SaveResultBenchmark(), new CountBenchmark(), new FindBenchmark(), new ScaleBenchmark(),
    ];

    private static readonly ILongRun[] LongRuns = [new WatchSoak(), new LoadRun()];

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
            case [WatchClient.Mode, var rpcUrls, var parameters]:
                return WatchClient.Run(rpcUrls, parameters);
        }

        if (Array.Find(LongRuns, run => run.Name == names.FirstOrDefault()) is { } longRun)
            return Figure.Print(await longRun.RunAsync(names.Length > 1 ? TimeSpan.FromMinutes(double.Parse(names[1], CultureInfo.InvariantCulture)) : null)) ? 0 : 1;

        var mode = names.FirstOrDefault() is Gate or Record ? names[0] : null;
        if (mode is not null)
            names = names[1..];
        var chosen = names.Length == 0 ? All : [.. All.Where(benchmark => names.Contains(benchmark.Name))];
        if (chosen.Length < names.Length)
        {
            await Console.Error.WriteLineAsync($"Benchmarks: {string.Join(' ', All.Select(benchmark => benchmark.Name))}; long runs: {string.Join(' ', LongRuns.Select(run => run.Name))}");
            return 2;
        }

        var rows = new List<BenchmarkRow>();
        foreach (var benchmark in chosen)
            rows.AddRange(await benchmark.RunAsync(asksPeers: mode is null));

        Print(rows);
        if (mode == Record)
            Table.Record(rows);
        return (mode == Gate ? Table.Compare(rows) : rows.TrueForAll(row => row.IsReached)) ? 0 : 1;
    }

    private static void Print(IEnumerable<BenchmarkRow> rows)
    {
        Console.WriteLine();
        Console.WriteLine("| work | peer | limit | IExec.Task | × the limit | must reach | reached |");
        Console.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var row in rows)
            Console.WriteLine($"| {row.Work} | {row.Peer} | {row.Limit} | {row.Ours} | {row.Gauge} | {row.Target} | {(row.IsReached ? "yes" : "no")} |");
    }
}
