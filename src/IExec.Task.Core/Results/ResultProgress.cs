using System;

namespace IExec.Tasks.Results;

/// <summary>The progress of a stage.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Done">Bytes done.</param>
/// <param name="Total">Bytes to do; null when not known.</param>
/// <param name="BytesPerSecond">Speed since the stage began.</param>
internal sealed record ResultProgress(SaveStage Stage, long Done, long? Total, double BytesPerSecond)
{
    /// <summary>How long the rest will take at this speed; null when that is not known.</summary>
    public TimeSpan? Left => Total is { } total && BytesPerSecond > 1 ? TimeSpan.FromSeconds(Math.Max(0, total - Done) / BytesPerSecond) : null;
}
