using System;
using System.Collections.Generic;
using System.Linq;

namespace IExec.Tasks.Benchmarks;

/// <summary>A result of a long run.</summary>
/// <param name="What">The quantity.</param>
/// <param name="Found">The figure.</param>
/// <param name="Target">The target.</param>
/// <param name="IsReached">Whether the target is reached.</param>
internal sealed record Figure(string What, string Found, string Target, bool IsReached)
{
    /// <summary>Prints a table of figures.</summary>
    /// <returns>Whether all targets are reached.</returns>
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
