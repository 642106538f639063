using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace IExec.Tasks.Benchmarks;

/// <summary>Looks for what shows only after a while. Runs when it is named, never with the benchmarks.</summary>
internal interface ILongRun
{
    /// <summary>The name that selects it on the command line.</summary>
    string Name { get; }

    /// <param name="duration">How long the part runs whose length is open; null for the usual length.</param>
    Task<IReadOnlyCollection<Figure>> RunAsync(TimeSpan? duration);
}
