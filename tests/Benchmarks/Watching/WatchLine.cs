namespace IExec.Tasks.Benchmarks.Watching;

/// <summary>What a <see cref="WatchClient"/> prints on a line: one of these.</summary>
internal sealed record WatchLine(EmittedUpdate? Update = null, ProcessFigures? Figures = null);
