using System;
using System.Collections.Generic;
using System.Linq;

namespace IExec.Tasks.Benchmarks;

/// <summary>What a long run found.</summary>
/// <param name="What">What was looked at.</param>
/// <param name="Found">The figure.</param>
/// <param name="Target">What it must be.</param>
/// <param name="IsReached">Whether it is.</param>
internal sealed record Figure(string What, string Found, string Target, bool IsReached)
{
    /// <summary>Prints a table of figures.</summary>
    /// <returns>Whether all are as they must be.</returns>
    public static bool Print(IReadOnlyCollection<Figure> figures)
    {
        Console.WriteLine();
        Console.WriteLine("| what | figure | must be | reached |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var figure in figures)
            Console.WriteLine($"| {figure.What} | {figure.Found} | {figure.Target} | {(figure.IsReached ? "yes" : "no")} |");
        return figures.All(figure => figure.IsReached);
    }
}
