using System;
using System.IO;
using System.Linq;

namespace IExec.Tasks.Results.Archives;

/// <summary>Which names of entries may become files. The rules are the same on every system, so that an archive that is safe on one is safe on all.</summary>
internal static class ArchiveNames
{
    private const int MaximumDepth = 64;

    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"];
    private static readonly char[] NotInNames = Path.GetInvalidFileNameChars();

    /// <summary>
    /// The shortest form of a name: without <c>./</c> and doubled slashes. The slash that ends a folder's name stays; the name of
    /// the archive's own folder is empty.
    /// </summary>
    public static string Simplify(string name)
    {
        var segments = Segments(name);
        return segments.Length > 0 && name[^1] == '/' ? string.Join("/", segments) + "/" : string.Join("/", segments);
    }

    /// <summary>Why this name is rejected, as the end of a sentence; null when it is not.</summary>
    public static string? Reject(string name)
    {
        if (name[0] == '/' || name.AsSpan().IndexOf('\\') >= 0)
            return "is absolute or uses backslashes";
        if (name.Length > 1 && name[1] == ':')
            return "names a drive";

        var segments = Segments(name);
        if (segments.Length == 0 && name[^1] != '/')
            return "is not a file name";
        if (segments.Length > MaximumDepth)
            return "is too deep";
        return segments.Select(RejectSegment).FirstOrDefault(reason => reason is not null);
    }

    private static string[] Segments(string name) => [.. name.Split('/').Where(segment => segment is not ("" or "."))];

    private static string? RejectSegment(string segment)
    {
        if (segment is "..")
            return "leaves its folder";
        if (segment[^1] is '.' or ' ' || segment.Any(char.IsControl) || segment.IndexOfAny(NotInNames) >= 0)
            return "has characters that file names may not have";
        return IsDevice(segment) ? "is the name of a device on Windows" : null;
    }

    private static bool IsDevice(string segment)
    {
        var stem = segment.Split('.')[0].TrimEnd(' ');
        if (Devices.Contains(stem, StringComparer.OrdinalIgnoreCase))
            return true;

        // Windows accepts superscript digits here.
        return stem.Length == 4
            && (stem.StartsWith("COM", StringComparison.OrdinalIgnoreCase) || stem.StartsWith("LPT", StringComparison.OrdinalIgnoreCase))
            && stem[3] is (>= '0' and <= '9') or '\u00b9' or '\u00b2' or '\u00b3';
    }
}
