using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>All steps with all faults that concern them, each once and for good, run many at a time: most of them wait for a time limit.</summary>
internal static class FaultMatrix
{
    private const int Benches = 48;

    /// <summary>How many of them are for cells that move much data, so that the memory for it is not needed by all at once.</summary>
    private const int HeavyBenches = 2;

    /// <summary>The cells. A URL that leads nowhere takes another to get over, and stands in the way of the first request to a service.</summary>
    public static IEnumerable<Cell> Cells(IEnumerable<Step> steps, IReadOnlyList<Fault> faults) =>
        from step in steps
        from fault in faults
        where fault.Concerns(step)
        where fault.Nature != Nature.WrongUrl || step.IsFirst || HasSeveralUrls(step)
        from always in new[] { false, true }
        where always || fault.Nature != Nature.WrongUrl || HasSeveralUrls(step)
        select new Cell(step, fault, always);

    public static bool HasSeveralUrls(Step step) => step.Service is Service.Node or Service.Gateway;

    public static async Task<IReadOnlyList<CellResult>> RunAsync(FaultWorld world, IReadOnlyList<Step> steps, IReadOnlyList<Fault> faults)
    {
        var benches = await Task.WhenAll(Enumerable.Range(1, Benches).Select(_ => FaultBench.StartAsync(world)));
        try
        {
            var ordinals = new ConcurrentDictionary<Step, int>();
            await RunAllAsync(benches, steps, (bench, step) => ordinals[step] = bench.FindOrdinal(step));

            var results = new ConcurrentBag<CellResult>();
            var cells = Shuffle(Cells(steps, faults)).ToLookup(cell => cell.Fault.Nature == Nature.TooLarge);
            void Run(FaultBench bench, Cell cell) => results.Add(bench.Run(cell, ordinals[cell.Step]));
            await Task.WhenAll(
                RunAllAsync(benches.Take(HeavyBenches), cells[true], Run),
                RunAllAsync(benches.Skip(HeavyBenches), cells[false], Run));
            return [.. results];
        }
        finally
        {
            foreach (var bench in benches)
                bench.Dispose();
        }
    }

    /// <summary>An order, always the same, that mixes what waits with what works.</summary>
    private static Cell[] Shuffle(IEnumerable<Cell> cells)
    {
        Cell[] shuffled = [.. cells];
        new Random(1).Shuffle(shuffled);
        return shuffled;
    }

    private static Task RunAllAsync<T>(IEnumerable<FaultBench> benches, IEnumerable<T> items, Action<FaultBench, T> run)
    {
        var queue = new ConcurrentQueue<T>(items);
        return Task.WhenAll(benches.Select(bench => Task.Factory.StartNew(
            () =>
            {
                while (queue.TryDequeue(out var item))
                    run(bench, item);
            },
            TaskCreationOptions.LongRunning)));
    }
}
