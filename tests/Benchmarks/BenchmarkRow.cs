namespace IExec.Tasks.Benchmarks;

/// <summary>A row of the table.</summary>
/// <param name="Work">What is done.</param>
/// <param name="Peer">What the peer needs for it.</param>
/// <param name="Limit">What the least that could do it needs.</param>
/// <param name="Ours">What the module needs.</param>
/// <param name="Gauge">What the gate compares.</param>
/// <param name="Target">What it must reach.</param>
/// <param name="IsReached">Whether it does.</param>
internal sealed record BenchmarkRow(string Work, string Peer, string Limit, string Ours, Gauge Gauge, string Target, bool IsReached);
