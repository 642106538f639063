using System;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Reports;

namespace IExec.Tasks.Formatting;

/// <summary>Draws the events of a task on a time axis, one per line.</summary>
public static class EventTimeline
{
    /// <summary>The characters of a line before the axis.</summary>
    private const int ChartColumn = 46;

    private const int NarrowestChart = 10;
    private const int WidestChart = 100;

    /// <summary>The time since the deal was made; nothing for an event without a date.</summary>
    public static string Since(IExecTaskEvent happened) => ConsoleText.Duration(happened.Place?.SinceDeal);

    /// <summary>Who did it, in short: the worker, or else the source.</summary>
    public static string Who(IExecTaskEvent happened) => happened.Worker is { } worker ? ReportText.Short(Redaction.Untrusted(worker)) : happened.Source.ToString();

    /// <summary>What happened, on one line.</summary>
    public static string Name(IExecTaskEvent happened) => Redaction.Untrusted(happened.Name);

    /// <summary>A bar from the previous event of the same history, <c>|</c>, to the event, <c>*</c>; the final deadline is <c>!</c>.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="width">The terminal's width in characters; 0 where there is none.</param>
    public static string Bar(IExecTaskEvent happened, int width)
    {
        if (happened.Place is not { } place)
            return "";
        var line = new char[Math.Min(Math.Max(width - 1 - ChartColumn, NarrowestChart), WidestChart)];
        for (var i = 0; i < line.Length; i++)
            line[i] = ' ';
        var (from, to) = (Column(place.From), Column(place.To));
        if (place.FinalDeadline is { } deadline)
            line[Column(deadline)] = '!';
        for (var i = from + 1; i < to; i++)
            line[i] = '-';
        line[from] = '|';
        line[to] = '*';
        return new string(line).TrimEnd();

        int Column(double part) => (int)Math.Round(part * (line.Length - 1));
    }
}
