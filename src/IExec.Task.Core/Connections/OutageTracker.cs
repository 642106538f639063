using System;
using System.Diagnostics;

namespace IExec.Tasks.Connections;

/// <summary>Tracks failed polls: how long to pause, and whether the user was warned.</summary>
/// <param name="what">The beginning of the warning, such as <c>The chain cannot be read</c>.</param>
internal sealed class OutageTracker(string what)
{
    private const int LongestDoubling = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>A failure that comes sooner after the last one belongs to the same outage.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromMinutes(1);

    private readonly Stopwatch _sinceFailure = new();
    private int _failures;

    /// <summary>Whether the last poll failed.</summary>
    public bool IsOn => _failures > 0;

    /// <summary>The pause before the next poll: 1 s, doubling to 32 s.</summary>
    public TimeSpan Pause => TimeSpan.FromTicks(FirstPause.Ticks << Math.Min(_failures - 1, LongestDoubling));

    /// <summary>Records a failure.</summary>
    /// <returns>A warning, once for an outage.</returns>
    public string? Failed(IExecException failure)
    {
        var isKnown = _sinceFailure.IsRunning && _sinceFailure.Elapsed < Calm;
        _sinceFailure.Restart();
        _failures++;
        return isKnown ? null : $"{what} since {DateTimeOffset.UtcNow:u}: {failure.Message} Retrying until it works.";
    }

    /// <summary>Records a success.</summary>
    public void Passed() => _failures = 0;
}
