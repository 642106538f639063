using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace IExec.Tasks.Formatting;

/// <summary>Writes what a workerpool knows of a task as a timeline: when each status began, how long it took, and why it ended.</summary>
public static class OffchainTimeline
{
    private const string Reset = "\u001B[0m";
    private const string Red = "\u001B[31m";
    private const string Green = "\u001B[32m";
    private const string Cyan = "\u001B[36m";
    private const string Bold = "\u001B[1m";

    /// <summary>Writes the timeline.</summary>
    /// <param name="info">What the workerpool knows.</param>
    /// <param name="withColor">Whether the terminal understands colours.</param>
    public static string Write(IExecTaskOffchainInfo info, bool withColor)
    {
        var lines = new List<string>
        {
            $"Task {Paint(info.TaskId, Bold, withColor)}",
            $"{Status(info.Status, withColor)}, says {info.WorkerpoolApiUrl}",
        };
        if (info.Explanation is { } explanation)
            lines.Add(explanation);
        AddHistory(lines, info.StatusHistory, withColor);
        foreach (var replicate in info.Replicates)
        {
            lines.Add("");
            lines.Add($"Worker {Paint(ConsoleText.Visible(replicate.Worker), Bold, withColor)}");
            lines.Add($"{Status(replicate.Status, withColor)}{ExitCode(replicate)}{(replicate.HasLog ? ", with a log" : "")}");
            if (replicate.Explanation is { } why && info.Explanation?.Contains(why) != true)
                lines.Add(why);
            if (replicate.TeeSessionGenerationError is { } error)
                lines.Add($"TEE session: {Line(error)}");
            AddHistory(lines, replicate.StatusHistory, withColor);
        }

        return string.Join(Environment.NewLine, lines);
    }

    private static void AddHistory(List<string> lines, IExecTaskOffchainStatus[] history, bool withColor)
    {
        if (history.Length == 0)
            return;
        lines.Add("");
        foreach (var update in history)
        {
            var line = new StringBuilder("  ")
                .Append(ConsoleText.Time(update.Date)).Append("  ")
                .Append(ConsoleText.Duration(update.Duration).PadLeft(9)).Append("  ")
                .Append(Status(update.Status, withColor));
            if (update.Cause is { } cause)
                line.Append("  ").Append(Paint(Line(cause), Red, withColor));
            lines.Add(line.ToString());
        }
    }

    private static string ExitCode(IExecTaskReplicate replicate) =>
        replicate.ExitCode is { } code ? string.Format(CultureInfo.InvariantCulture, ", exit code {0}", code) : "";

    private static string Status(string? status, bool withColor)
    {
        var text = status is null ? "(no status)" : Line(status);
        return Paint(text, ColorOf(text), withColor);
    }

    private static string ColorOf(string status)
    {
        if (status is "COMPLETED" or "FINALIZED")
            return Green;
        return status.EndsWith("FAILED", StringComparison.Ordinal) || status.EndsWith("TIMEOUT", StringComparison.Ordinal)
            || status is "FINAL_DEADLINE_REACHED" or "WORKER_LOST" or "ABORTED" ? Red : Cyan;
    }

    private static string Line(string text) => ConsoleText.Visible(text).Replace('\n', ' ');

    private static string Paint(string text, string color, bool withColor) => withColor ? color + text + Reset : text;
}
