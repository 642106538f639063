using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using IExec.Tasks.Diagnostics;

namespace IExec.Tasks.Formatting;

/// <summary>How values are written by the module's views.</summary>
public static class ConsoleText
{
    /// <summary>
    /// Text of others, fit for a terminal: control characters, marks that turn the direction of reading, and characters that cannot be seen become
    /// signs, such as ␛ for ESC. Line feeds and tabs stay.
    /// </summary>
    public static string Visible(string? text) => text is null ? "" : VisibleText.Of(text);

    /// <summary>The same of a program's output, without the empty lines at its end; says so when there is none.</summary>
    public static string Output(string? text) => Visible(text).TrimEnd() is { Length: > 0 } visible ? visible : "(nothing)";

    /// <summary>A text that leads to a page when it is clicked, where the terminal can do that (OSC 8); elsewhere, and without a page, the text alone.</summary>
    public static string Link(string text, Uri? page, bool isTerminal) => page is not null && isTerminal ? $"\e]8;;{page}\e\\{text}\e]8;;\e\\" : text;

    /// <summary>What an event is about, in a line: the amount, the account or worker, and the cause.</summary>
    public static string Details(IExecTaskEvent happened)
    {
        var amount = happened.AmountRlc is { } rlc ? Rlc.Text(rlc) : null;
        return string.Join(" ", new[] { amount, Visible(happened.Account ?? happened.Worker), Visible(happened.Cause) }.Where(text => !string.IsNullOrEmpty(text)));
    }

    /// <summary>The lines of a paragraph, broken between words; one line where the width is too small for that.</summary>
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

    /// <summary>A time as <c>2025-01-31 23:59:59Z</c>, in every culture and whatever calendar it has; nothing when there is none.</summary>
    public static string Moment(DateTimeOffset? time) => time is null ? "" : Time(time) + "Z";

    /// <summary>A duration in the two units that matter, such as <c>0.3 s</c>, <c>4 m 05 s</c> or <c>2 d 03 h</c>; nothing when there is none.</summary>
    public static string Duration(TimeSpan? duration) => duration switch
    {
        null => "",
        { TotalSeconds: < 59.95 } span => string.Format(CultureInfo.InvariantCulture, "{0:0.0} s", span.TotalSeconds),
        { TotalHours: < 1 } span => $"{span.Minutes} m {span.Seconds:00} s",
        { TotalDays: < 1 } span => $"{span.Hours} h {span.Minutes:00} m",
        { } span => $"{span.Days} d {span.Hours:00} h",
    };
}
