using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace IExec.Tasks.Benchmarks;

/// <summary>Checks for problems that appear only after a while. Runs only by name, never with the benchmarks.</summary>
internal interface ILongRun
{
    /// <summary>The name that selects it on the command line.</summary>
    string Name { get; }

    /// <param name="duration">The length of the part that can vary; null for the usual one.</param>
    Task<IReadOnlyCollection<Figure>> RunAsync(TimeSpan? duration);
}
