using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace IExec.Tasks.Benchmarks.Load;

/// <summary>Much at once: many tasks, a long log, many runspaces. A result of 2 GB is the benchmark <c>save</c>, a long watch <c>watch-soak</c>.</summary>
internal sealed class LoadRun : ILongRun
{
    private static readonly TimeSpan UsualLength = TimeSpan.FromMinutes(5);

    public string Name => "load";

    public async Task<IReadOnlyCollection<Figure>> RunAsync(TimeSpan? duration) =>
        [.. await TaskLoad.RunAsync(), .. await LogLoad.RunAsync(), .. await RunspaceLoad.RunAsync(duration ?? UsualLength)];
}
