using System.Collections.Generic;
using System.Threading.Tasks;

namespace IExec.Tasks.Benchmarks;

/// <summary>Measures some rows of the table, each with its peer and its limit in the same run.</summary>
internal interface IBenchmark
{
    /// <summary>The name that selects it on the command line.</summary>
    string Name { get; }

    /// <param name="asksPeers">Whether to measure the peers, too, which takes most of the time; the gate does not.</param>
    Task<IReadOnlyList<BenchmarkRow>> RunAsync(bool asksPeers);
}
