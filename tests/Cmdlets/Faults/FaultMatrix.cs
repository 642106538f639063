using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>Every step with every fault that applies to it, happening once and always. Many cells run at a time: most of them wait for a timeout.</summary>
internal static class FaultMatrix
{
    private const int Runners = 48;

    /// <summary>How many runners take the cells with large bodies: few, to limit memory, and as many as end with the others.</summary>
    private const int HeavyRunners = 4;

    /// <summary>The cells. A broken URL already fails the first request to its service, and recovering from it needs a second URL.</summary>
    public static IEnumerable<Cell> Cells(IEnumerable<Step> steps, IReadOnlyList<Fault> faults) =>
        from step in steps
        from fault in faults
        where fault.AppliesTo(step)
        where fault.Kind != FaultKind.WrongUrl || step.IsFirst || HasSeveralUrls(step)
        from always in new[] { false, true }
        where always || fault.Kind != FaultKind.WrongUrl || HasSeveralUrls(step)
        select new Cell(step, fault, always);

    public static bool HasSeveralUrls(Step step) => step.Service is Service.Node or Service.Gateway;

    public static async Task<IReadOnlyList<CellResult>> RunAsync(FaultWorld world, IReadOnlyList<Step> steps, IReadOnlyList<Fault> faults)
    {
        var runners = await Task.WhenAll(Enumerable.Range(1, Runners).Select(_ => FaultRunner.StartAsync(world)));
        try
        {
            var ordinals = new ConcurrentDictionary<Step, int>();
            await RunAllAsync(runners, steps, (runner, step) => ordinals[step] = runner.FindOrdinal(step));

            var results = new ConcurrentBag<CellResult>();
            var cells = Shuffle(Cells(steps, faults)).ToLookup(cell => cell.Fault.Kind == FaultKind.TooLarge);
            void Run(FaultRunner runner, Cell cell) => results.Add(runner.Run(cell, ordinals[cell.Step]));
            await Task.WhenAll(
                RunAllAsync(runners.Take(HeavyRunners), cells[true], Run),
                RunAllAsync(runners.Skip(HeavyRunners), cells[false], Run));
            return [.. results];
        }
        finally
        {
            foreach (var runner in runners)
                runner.Dispose();
        }
    }

    /// <summary>A fixed order that mixes cells that wait with cells that compute.</summary>
    private static Cell[] Shuffle(IEnumerable<Cell> cells)
    {
        Cell[] shuffled = [.. cells];
        new Random(1).Shuffle(shuffled);
        return shuffled;
    }

    private static Task RunAllAsync<T>(IEnumerable<FaultRunner> runners, IEnumerable<T> items, Action<FaultRunner, T> run)
    {
        var queue = new ConcurrentQueue<T>(items);
        return Task.WhenAll(runners.Select(runner => Task.Factory.StartNew(
            () =>
            {
                while (queue.TryDequeue(out var item))
                    run(runner, item);
            },
            TaskCreationOptions.LongRunning)));
    }
}
