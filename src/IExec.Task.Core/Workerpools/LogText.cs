using System;

namespace IExec.Tasks.Workerpools;

/// <summary>Selects parts of a log.</summary>
internal static class LogText
{
    /// <summary>Workers and schedulers keep this many characters from the end of a log (iexec-worker, iexec-core).</summary>
    internal const int Limit = 100_000;

    /// <summary>The last lines. A line break at the end does not start another line.</summary>
    public static string Last(string text, int lines)
    {
        if (lines == 0)
            return "";
        var end = text.Length > 0 && text[text.Length - 1] == '\n' ? text.Length - 1 : text.Length;
        for (; lines > 0; lines--)
        {
            end = end > 0 ? text.LastIndexOf('\n', end - 1) : -1;
            if (end < 0)
                return text;
        }

        return text.Substring(end + 1);
    }

    /// <summary>
    /// The text that was added since an earlier reading, also if the beginning has been cut off since because of the limit; the whole log if it was
    /// replaced.
    /// </summary>
    public static string After(string earlier, string text)
    {
        if (text.StartsWith(earlier, StringComparison.Ordinal))
            return text.Substring(earlier.Length);
        return text.Length < Limit ? text : text.Substring(Overlap(earlier, text));
    }

    /// <summary>The length of the longest suffix of one text that is a prefix of the other (Knuth, Morris, Pratt).</summary>
    private static int Overlap(string ending, string beginning)
    {
        var length = Math.Min(Limit, Math.Min(ending.Length, beginning.Length));
        var borders = new int[length];
        for (var i = 1; i < length; i++)
            borders[i] = Extend(borders[i - 1], beginning[i]);

        var overlap = 0;
        for (var i = ending.Length - length; i < ending.Length; i++)
            overlap = Extend(overlap, ending[i]);
        return overlap;

        int Extend(int matched, char next)
        {
            while (matched > 0 && (matched == length || beginning[matched] != next))
                matched = borders[matched - 1];
            return matched < length && beginning[matched] == next ? matched + 1 : matched;
        }
    }
}
