using System;

namespace IExec.Tasks.Benchmarks.Watching;

/// <summary>An update that a watch emitted.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="What">The event; without one, the status.</param>
/// <param name="BlockNumber">The block in which it happened or was seen.</param>
/// <param name="At">When it was emitted (UTC).</param>
internal sealed record EmittedUpdate(string TaskId, string What, long BlockNumber, DateTimeOffset At)
{
    public static EmittedUpdate Of(IExecTaskUpdate update) =>
        new(update.TaskId, update.Event?.ToString() ?? update.Task.StatusName, update.BlockNumber, DateTimeOffset.UtcNow);
}
