using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using IExec.Tasks.Diagnostics;

namespace IExec.Tasks.Formatting;

/// <summary>Formats values for the module's views.</summary>
public static class ConsoleText
{
    /// <summary>Most names of events fit.</summary>
    private const int EventNameWidth = 20;

    /// <summary>The characters of a table's row before an event: time and source.</summary>
    private const int EventColumn = 31;

    /// <summary>The characters of a list before an item of the evidence.</summary>
    private const int EvidenceColumn = 11;

    /// <summary>
    /// Untrusted text, safe for a terminal: control characters, bidirectional marks and invisible characters become symbols, such as ␛ for ESC.
    /// Line feeds and tabs stay.
    /// </summary>
    public static string Visible(string? text) => text is null ? "" : VisibleText.Of(text);

    /// <summary>The same of a program's output, without the empty lines at its end; says so when there is none.</summary>
    public static string Output(string? text) => Visible(text).TrimEnd() is { Length: > 0 } visible ? visible : "(nothing)";

    /// <summary>A text as a hyperlink, where the terminal supports that (OSC 8); elsewhere, and without a URL, the text alone.</summary>
    public static string Link(string text, Uri? page, bool isTerminal) => page is not null && isTerminal ? $"\e]8;;{page}\e\\{text}\e]8;;\e\\" : text;

    /// <summary>An event for the last column of a table: its name, the amount, the account or worker, and the cause, each on one line where it fits.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="width">The terminal's width in characters; 0 where there is none.</param>
    public static string Event(IExecTaskEvent happened, int width) =>
        Pack([Short(happened.Name).PadRight(EventNameWidth), .. Details(happened)], width - EventColumn);

    /// <summary>An event as an item of a list, with its time and source.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="width">The terminal's width in characters; 0 where there is none.</param>
    public static string Evidence(IExecTaskEvent happened, int width) =>
        Pack([$"{Moment(happened.Timestamp)} {happened.Source} {Short(happened.Name)}".TrimStart(), .. Details(happened)], width - EvidenceColumn);

    private static IEnumerable<string> Details(IExecTaskEvent happened) =>
        new[] { happened.AmountRlc is { } rlc ? Rlc.Text(rlc) : null, Short(happened.Account ?? happened.Worker), Short(happened.Cause) }.OfType<string>().Where(text => text.Length > 0);

    /// <summary>Untrusted text on one line, cut to the length of a cell.</summary>
    private static string Short(string? text) => text is null ? "" : Redaction.Untrusted(text);

    /// <summary>Joins texts into as few lines as possible, all but the first indented; one line where there is no width.</summary>
    private static string Pack(IEnumerable<string> texts, int width)
    {
        var lines = new List<string>();
        foreach (var text in texts)
        {
            var joined = lines.Count == 0 ? text : $"{lines[^1]} {text}";
            if (lines.Count == 0)
                lines.Add(joined);
            else if (width <= 0 || joined.Length < width) // the shell leaves the last column free
                lines[^1] = joined;
            else
                lines.Add("  " + text);
        }

        return string.Join("\n", lines.Select(line => line.TrimEnd()));
    }

    /// <summary>The lines of a paragraph, wrapped between words; one line where the width is too small for that.</summary>
    internal static IEnumerable<string> Fold(string paragraph, int width)
    {
        var line = "";
        foreach (var word in paragraph.Split(' '))
        {
            if (width > 20 && line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        yield return line;
    }

    /// <summary>A time as <c>2025-01-31 23:59:59</c>, in UTC; blanks of the same width when there is none.</summary>
    public static string Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? new string(' ', 19);

    /// <summary>A time as <c>2025-01-31 23:59:59Z</c>, in every culture; empty when there is none.</summary>
    public static string Moment(DateTimeOffset? time) => time is null ? "" : Time(time) + "Z";

    /// <summary>A duration in its two largest units, such as <c>0.3 s</c>, <c>4 m 05 s</c> or <c>2 d 03 h</c>; empty when there is none.</summary>
    public static string Duration(TimeSpan? duration) => duration is { } span ? DurationText.Of(span) : "";
}
