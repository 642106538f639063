using System.Globalization;
using System.Text;

namespace IExec.Tasks.Diagnostics;

/// <summary>
/// Makes untrusted text safe to show: control characters (C0 and C1, such as ESC), bidirectional marks (Trojan Source, CVE-2021-42574) and invisible
/// characters become visible symbols. Line feeds and tabs stay.
/// </summary>
internal static class VisibleText
{
    /// <summary>Unicode's pictures of the 32 control characters: ␀ to ␟.</summary>
    private const char ControlPictures = '\u2400';

    private const char DeletePicture = '\u2421';
    private const char Delete = '\u007F';

    /// <summary>Stands for a character that has no picture.</summary>
    private const char Replacement = '\uFFFD';

    public static string Of(string text)
    {
        var first = 0;
        while (first < text.Length && text[first] is >= ' ' and < Delete or '\n' or '\t')
            first++;
        if (first == text.Length)
            return text;

        var visible = new StringBuilder(text, 0, first, text.Length);
        for (var i = first; i < text.Length; i++)
        {
            var character = text[i];
            if (character == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
                continue;
            if (!NeedsSign(text, i))
            {
                visible.Append(character);
                if (char.IsHighSurrogate(character))
                    visible.Append(text[++i]);
                continue;
            }

            visible.Append(character < ' ' ? (char)(ControlPictures + character) : character == Delete ? DeletePicture : Replacement);
            if (char.IsHighSurrogate(character) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
        }

        return visible.ToString();
    }

    private static bool NeedsSign(string text, int index) => text[index] is not ('\n' or '\t')
        && CharUnicodeInfo.GetUnicodeCategory(text, index) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
