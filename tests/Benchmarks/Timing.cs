using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;

namespace IExec.Tasks.Benchmarks;

/// <summary>Wall-clock times of repeated work.</summary>
internal static class Timing
{
    /// <summary>The median time of some rounds, after warming up.</summary>
    public static async Task<TimeSpan> MedianAsync(int warmUps, int rounds, Func<Task> work)
    {
        for (var i = 0; i < warmUps; i++)
            await work();
        var times = new List<double>();
        for (var i = 0; i < rounds; i++)
        {
            var clock = Stopwatch.StartNew();
            await work();
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        return TimeSpan.FromMilliseconds(Median(times));
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    /// <summary>A time as a table shows it.</summary>
    public static string Text(TimeSpan time) => time.TotalSeconds >= 1 ? $"{time.TotalSeconds:0.0} s" : $"{time.TotalMilliseconds:0.0} ms";
}
