using System;
using System.Diagnostics;

namespace IExec.Tasks.Watching;

/// <summary>Keeps account of failed looks at the chain: how long to pause, and whether the user knows.</summary>
internal sealed class Outage
{
    private const int LongestDoubling = 5;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>A failure that comes sooner after the last one belongs to the same outage.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromMinutes(1);

    private readonly Stopwatch _sinceFailure = new();
    private int _failures;

    /// <summary>Whether the last look failed.</summary>
    public bool IsOn => _failures > 0;

    /// <summary>The pause before the next look: 1 s, doubling to 32 s.</summary>
    public TimeSpan Pause => TimeSpan.FromTicks(FirstPause.Ticks << Math.Min(_failures - 1, LongestDoubling));

    /// <summary>Takes note of a failure.</summary>
    /// <returns>A warning, once for an outage.</returns>
    public string? Failed(IExecException failure)
    {
        var isKnown = _sinceFailure.IsRunning && _sinceFailure.Elapsed < Calm;
        _sinceFailure.Restart();
        _failures++;
        return isKnown ? null : $"The chain cannot be read since {DateTimeOffset.UtcNow:u}: {failure.Message} Trying on until it can.";
    }

    /// <summary>Takes note of a success.</summary>
    public void Passed() => _failures = 0;
}
