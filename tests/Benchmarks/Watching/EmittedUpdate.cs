using System;

namespace IExec.Tasks.Benchmarks.Watching;

/// <summary>An update as it came out of a watch.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="What">The event; without one, the status.</param>
/// <param name="BlockNumber">The block in which it happened or was seen.</param>
/// <param name="At">When it came out (UTC).</param>
internal sealed record ToldUpdate(string TaskId, string What, long BlockNumber, DateTimeOffset At)
{
    public static ToldUpdate Of(IExecTaskUpdate update) =>
        new(update.TaskId, update.Event?.ToString() ?? update.Task.StatusName, update.BlockNumber, DateTimeOffset.UtcNow);
}
