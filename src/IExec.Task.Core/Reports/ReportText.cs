using System;
using System.Collections.Generic;
using System.Linq;

namespace IExec.Tasks.Reports;

/// <summary>Formats values for a report.</summary>
internal static class ReportText
{
    /// <summary>The maximum length of untrusted text in a report.</summary>
    private const int LongestText = 300;

    /// <summary>The maximum number of ranges of indexes.</summary>
    private const int MaxRanges = 20;

    /// <summary>Untrusted text, cut if it is too long.</summary>
    public static string Limited(string text)
    {
        if (text.Length <= LongestText)
            return text;
        var length = char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText;
        return $"{text.Substring(0, length)}… ({text.Length} characters)";
    }

    /// <summary>A time in UTC, such as <c>2026-01-31 09:15:33Z</c>.</summary>
    public static string Moment(DateTimeOffset time) => $"{time:u}";

    /// <summary>A shortened address or hash, such as <c>0x2361…1E8f</c>.</summary>
    public static string Short(string hex) => hex.Length > 12 ? $"{hex.Substring(0, 6)}…{hex.Substring(hex.Length - 4)}" : hex;

    /// <summary>Indexes in order, such as <c>0–8, 10</c>.</summary>
    public static string Ranges(IEnumerable<long> indexes)
    {
        var ranges = new List<(long First, long Last)>();
        foreach (var index in indexes)
        {
            if (ranges.Count > 0 && ranges[^1].Last == index - 1)
                ranges[^1] = (ranges[^1].First, index);
            else
                ranges.Add((index, index));
        }

        var more = ranges.Count > MaxRanges ? [$"and {ranges.Skip(MaxRanges).Sum(range => range.Last - range.First + 1)} more"] : Array.Empty<string>();
        return string.Join(", ", ranges.Take(MaxRanges).Select(range => range.First == range.Last ? $"{range.First}" : $"{range.First}–{range.Last}").Concat(more));
    }

    /// <summary>A number with its unit in singular or plural.</summary>
    public static string Count(long number, string singular) => number == 1 ? $"1 {singular}" : $"{number} {singular}s";
}
