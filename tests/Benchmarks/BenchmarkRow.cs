namespace IExec.Tasks.Benchmarks;

/// <summary>A row of the table.</summary>
/// <param name="Work">The work that is measured.</param>
/// <param name="Peer">The peer's result.</param>
/// <param name="Limit">The lower bound.</param>
/// <param name="Ours">The module's result.</param>
/// <param name="Gauge">What the gate compares.</param>
/// <param name="Target">The target.</param>
/// <param name="IsReached">Whether the target is reached.</param>
internal sealed record BenchmarkRow(string Work, string Peer, string Limit, string Ours, Gauge Gauge, string Target, bool IsReached);
