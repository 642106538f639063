using System;
using System.Collections.Generic;
using System.Linq;

namespace IExec.Tasks.Reports;

/// <summary>
/// The times of the picture, from when the deal was made. A deadline is in it unless what happened would become too small to be seen. What comes after the final
/// deadline, a claim above all, may come weeks later, and has a strip of its own at the right edge, without a scale.
/// </summary>
internal sealed class GanttAxis
{
    /// <summary>A deadline that is further off than this many times what is drawn is left out.</summary>
    private const double FarthestDeadline = 2.5;

    /// <summary>Where the scale ends when a strip for what came after the final deadline follows.</summary>
    private const double EndBeforeStrip = 0.93;

    /// <summary>Where the scale ends otherwise, so that the last sign is seen whole.</summary>
    private const double EndOfScale = 0.98;

    /// <summary>A tick that is nearer to the final deadline would be written over its line.</summary>
    private const double TickRoom = 0.06;

    private const int MostTicks = 6;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan[] Steps =
    [
        .. new[] { 2, 5, 10, 15, 30 }.Select(seconds => TimeSpan.FromSeconds(seconds)),
        .. new[] { 1, 2, 5, 10, 15, 30 }.Select(minutes => TimeSpan.FromMinutes(minutes)),
        .. new[] { 1, 2, 3, 6, 12 }.Select(hours => TimeSpan.FromHours(hours)),
        .. new[] { 1, 2, 5, 7, 14, 30, 90, 180, 365, 730, 1825, 3650 }.Select(days => TimeSpan.FromDays(days)),
    ];

    private readonly DateTimeOffset _start;
    private readonly DateTimeOffset _final;
    private readonly TimeSpan _span;

    /// <summary>Finds the times that show the tasks of a deal.</summary>
    /// <param name="start">When the deal was made.</param>
    /// <param name="contributionDeadline">When contributions end.</param>
    /// <param name="finalDeadline">When tasks can no longer complete.</param>
    /// <param name="tasks">The tasks.</param>
    public GanttAxis(DateTimeOffset start, DateTimeOffset contributionDeadline, DateTimeOffset finalDeadline, IReadOnlyList<ReportedTask> tasks)
    {
        _start = start;
        _final = finalDeadline;
        var open = tasks.Where(task => !task.IsDone).Select(task => task.State.BlockTimestamp);
        var last = tasks.SelectMany(task => task.ChainEvents).Select(happened => happened.Time).Concat(open).DefaultIfEmpty(_start).Max();
        HasStrip = last >= _final;
        _span = Max((HasStrip ? _final : last) - _start, Shortest);
        var farthest = TimeSpan.FromTicks((long)(_span.Ticks * FarthestDeadline));
        foreach (var deadline in new[] { contributionDeadline - _start, _final - _start })
            _span = deadline <= farthest ? Max(_span, deadline) : _span;

        ContributionDeadline = PlaceOf(contributionDeadline);
        FinalDeadline = PlaceOf(_final);
        Ticks = [.. TicksOf(_span).Select(time => (At: At(_start + time), time)).Where(tick => Math.Abs(tick.At - (FinalDeadline ?? 2)) > TickRoom)];
    }

    /// <summary>Whether there is a strip for what came after the final deadline.</summary>
    public bool HasStrip { get; }

    /// <summary>Where the end of contributions is, 0 to 1; null when it is too far off.</summary>
    public double? ContributionDeadline { get; }

    /// <summary>Where the final deadline is, 0 to 1; null when it is too far off.</summary>
    public double? FinalDeadline { get; }

    /// <summary>Times since the deal was made, and where they are; the first is 0.</summary>
    public IReadOnlyList<(double At, TimeSpan Time)> Ticks { get; }

    /// <summary>Where a time is, 0 to 1. What is outside is at the edge.</summary>
    public double At(DateTimeOffset time)
    {
        if (HasStrip && time > _final)
            return (1 + EndBeforeStrip) / 2;
        var part = (time - _start).Ticks / (double)_span.Ticks;
        return Math.Min(Math.Max(part, 0), 1) * (HasStrip ? EndBeforeStrip : EndOfScale);
    }

    private double? PlaceOf(DateTimeOffset deadline) => deadline - _start <= _span ? At(deadline) : null;

    private static IEnumerable<TimeSpan> TicksOf(TimeSpan span)
    {
        var step = Steps.FirstOrDefault(step => span.Ticks / step.Ticks < MostTicks);
        if (step == default)
            step = TimeSpan.FromDays(Math.Ceiling(span.TotalDays / MostTicks));
        for (var time = TimeSpan.Zero; time <= span; time += step)
            yield return time;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
