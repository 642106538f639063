using System.Text.Json.Serialization;

namespace IExec.Tasks.Benchmarks;

/// <summary>The time and memory of a client's downloads.</summary>
/// <param name="Seconds">Each download.</param>
/// <param name="Idle">The process's memory before, in bytes.</param>
/// <param name="Peak">The maximum, in bytes.</param>
internal sealed record TransferFigures(
    [property: JsonPropertyName("seconds")] double[] Seconds, [property: JsonPropertyName("idle")] long Idle, [property: JsonPropertyName("peak")] long Peak);
