using System;
using System.Collections.Generic;
using System.Linq;

namespace IExec.Tasks.Benchmarks;

/// <summary>A summary of repeated measurements.</summary>
/// <param name="Median">The median.</param>
/// <param name="Spread">Half of the distance between the quartiles, as a part of the median.</param>
internal sealed record Sample(double Median, double Spread)
{
    /// <summary>The median as a time, where milliseconds were measured.</summary>
    public TimeSpan Time => TimeSpan.FromMilliseconds(Median);

    public static Sample Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        var median = (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
        return new Sample(median, (sorted[3 * (sorted.Count - 1) / 4] - sorted[(sorted.Count - 1) / 4]) / 2 / median);
    }
}
