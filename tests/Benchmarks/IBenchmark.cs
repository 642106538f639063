using System.Collections.Generic;
using System.Threading.Tasks;

namespace IExec.Tasks.Benchmarks;

/// <summary>Measures some rows of the table, each beside its peer and its limit in the same run.</summary>
internal interface IBenchmark
{
    /// <summary>The name that selects it on the command line.</summary>
    string Name { get; }

    Task<IReadOnlyList<BenchmarkRow>> RunAsync();
}
