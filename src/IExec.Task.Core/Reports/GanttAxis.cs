using System;
using System.Collections.Generic;
using System.Linq;

namespace IExec.Tasks.Reports;

/// <summary>
/// The time axis of the chart, from the start of the deal. A deadline is on it unless the events would become too small to see. Events after the final
/// deadline, usually a claim, may come weeks later, and are drawn in a strip at the right edge, without a scale.
/// </summary>
internal sealed class GanttAxis
{
    /// <summary>A deadline that is further away than this many times the drawn period is left out.</summary>
    private const double FarthestDeadline = 2.5;

    /// <summary>The end of the scale when there is a strip.</summary>
    private const double EndBeforeStrip = 0.93;

    /// <summary>The end of the scale otherwise, so that the last mark is not cut.</summary>
    private const double EndOfScale = 0.98;

    /// <summary>A tick closer to the final deadline would overlap its line.</summary>
    private const double TickRoom = 0.06;

    private const int MaxTicks = 6;
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

    /// <summary>Creates the axis for the tasks of a deal.</summary>
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

    /// <summary>Whether there is a strip for events after the final deadline.</summary>
    public bool HasStrip { get; }

    /// <summary>The position of the end of contributions, 0 to 1; null when it is too far away.</summary>
    public double? ContributionDeadline { get; }

    /// <summary>The position of the final deadline, 0 to 1; null when it is too far away.</summary>
    public double? FinalDeadline { get; }

    /// <summary>Times since the start of the deal, and their positions; the first is 0.</summary>
    public IReadOnlyList<(double At, TimeSpan Time)> Ticks { get; }

    /// <summary>The position of a time, 0 to 1. Times outside the axis are at its edges.</summary>
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
        var step = Steps.FirstOrDefault(step => span.Ticks / step.Ticks < MaxTicks);
        if (step == default)
            step = TimeSpan.FromDays(Math.Ceiling(span.TotalDays / MaxTicks));
        for (var time = TimeSpan.Zero; time <= span; time += step)
            yield return time;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
