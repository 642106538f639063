using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;

namespace IExec.Tasks.Benchmarks;

/// <summary>Wall-clock times of repeated work.</summary>
internal static class Timing
{
    /// <summary>The milliseconds of some rounds, after warming up.</summary>
    public static async Task<Sample> MeasureAsync(int warmUps, int rounds, Func<Task> work)
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

        return Sample.Of(times);
    }

    /// <summary>The same for two kinds of work in turn, so that other work of the machine slows both alike.</summary>
    public static async Task<(Sample First, Sample Second)> MeasureInTurnAsync(int warmUps, int rounds, Func<Task<TimeSpan>> first, Func<Task<TimeSpan>> second)
    {
        var times = new List<(double First, double Second)>();
        for (var i = 0; i < warmUps + rounds; i++)
            times.Add(((await first()).TotalMilliseconds, (await second()).TotalMilliseconds));
        times.RemoveRange(0, warmUps);
        return (Sample.Of(times.Select(time => time.First)), Sample.Of(times.Select(time => time.Second)));
    }

    /// <summary>A time as a table shows it.</summary>
    public static string Text(TimeSpan time) => time.TotalSeconds >= 1 ? $"{time.TotalSeconds:0.0} s" : $"{time.TotalMilliseconds:0.0} ms";
}
