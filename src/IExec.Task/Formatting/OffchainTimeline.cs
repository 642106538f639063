using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace IExec.Tasks.Formatting;

/// <summary>Formats what a workerpool knows about a task as a timeline: when each status began, how long it took, and why it ended.</summary>
public static class OffchainTimeline
{
    private const string Reset = "\u001B[0m";
    private const string Red = "\u001B[31m";
    private const string Green = "\u001B[32m";
    private const string Cyan = "\u001B[36m";
    private const string Gray = "\u001B[90m";

    /// <summary>The characters of a line before the status: two blanks, the time, two, the duration, two.</summary>
    private const int StatusColumn = 34;

    /// <summary>Writes the timeline.</summary>
    /// <param name="info">What the workerpool knows.</param>
    /// <param name="withColor">Whether the terminal shows colours.</param>
    /// <param name="width">The terminal's width in characters; 0 where there is none.</param>
    public static string Write(IExecTaskOffchainInfo info, bool withColor, int width)
    {
        var lines = new List<string>
        {
            $"Task    {info.TaskId}",
            $"Status  {Status(info.Status, withColor)}",
            $"Source  {info.WorkerpoolApiUrl}",
        };
        if (info.Explanation is { } explanation)
            AddWhy(lines, explanation, width);
        AddHistory(lines, info.StatusHistory, withColor, width);
        foreach (var replicate in info.Replicates)
            AddReplicate(lines, replicate, info.Explanation, withColor, width);
        return string.Join(Environment.NewLine, lines);
    }

    private static void AddReplicate(List<string> lines, IExecTaskReplicate replicate, string? explained, bool withColor, int width)
    {
        var exitCode = replicate.ExitCode is { } code ? string.Format(CultureInfo.InvariantCulture, ", exit code {0}", code) : "";
        lines.Add("");
        lines.Add($"Worker  {Line(replicate.Worker)}");
        lines.Add($"Status  {Status(replicate.Status, withColor)}{exitCode}{(replicate.HasLog ? ", log kept" : "")}");
        if (replicate.Explanation is { } why && explained?.Contains(why) != true)
            AddWhy(lines, why, width);
        if (replicate.TeeSessionGenerationError is { } error)
            lines.Add($"TEE     {Line(error)}");
        AddHistory(lines, replicate.StatusHistory, withColor, width);
    }

    private static void AddWhy(List<string> lines, string text, int width)
    {
        var label = "Why";
        foreach (var line in text.Split('\n').SelectMany(paragraph => ConsoleText.Fold(paragraph, width - 9)))
        {
            lines.Add($"{label,-8}{line}");
            label = "";
        }
    }

    private static void AddHistory(List<string> lines, IExecTaskOffchainStatus[] history, bool withColor, int width)
    {
        if (history.Length == 0)
            return;
        lines.Add(Paint("  Began (UTC)               Took  Status", Gray, withColor));
        foreach (var update in history)
        {
            var (status, cause) = (update.Status ?? "(none)", update.Cause is null ? "" : Line(update.Cause));
            // A cause that does not fit gets a line of its own, since the shell would wrap it. The shell leaves the last column free.
            var isTooLong = cause.Length > 0 && width > 0 && StatusColumn + Line(status).Length + 2 + cause.Length >= width;
            var gap = isTooLong ? Environment.NewLine + new string(' ', StatusColumn) : "  ";
            lines.Add($"  {ConsoleText.Time(update.Date)}  {ConsoleText.Duration(update.Duration),9}  {Status(update.Status, withColor)}{(cause.Length > 0 ? gap + Paint(cause, Red, withColor) : "")}");
        }
    }

    private static string Status(string? status, bool withColor) => status is null ? "(none)" : Paint(Line(status), ColorOf(status), withColor);

    private static string ColorOf(string status)
    {
        if (status is "COMPLETED" or "FINALIZED")
            return Green;
        var isBad = status.EndsWith("FAILED", StringComparison.Ordinal) || status.EndsWith("TIMEOUT", StringComparison.Ordinal)
            || status is "FINAL_DEADLINE_REACHED" or "WORKER_LOST" or "ABORTED";
        return isBad ? Red : Cyan;
    }

    private static string Line(string? text) => ConsoleText.Visible(text).Replace('\n', ' ');

    private static string Paint(string text, string color, bool withColor) => withColor ? color + text + Reset : text;
}
