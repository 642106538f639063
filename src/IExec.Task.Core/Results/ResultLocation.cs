using System;
using System.Collections.Generic;
using IExec.Tasks.Http;

namespace IExec.Tasks.Results;

/// <summary>
/// Where on IPFS a result is. The location comes from a worker, so only <c>/ipfs/&lt;CID&gt;[/path]</c> is one, with or without the
/// leading slash, or a bare CID: never a URL, which would send the download to a host of the worker's choosing.
/// </summary>
internal sealed class ResultLocation
{
    private const int MaximumLength = 2048;
    private const int MaximumSegments = 32;

    private ResultLocation(Cid root, IReadOnlyList<string> path)
    {
        Root = root;
        Path = path;
    }

    /// <summary>The CID the location begins with.</summary>
    public Cid Root { get; }

    /// <summary>The names to follow from there; empty when the CID is the file.</summary>
    public IReadOnlyList<string> Path { get; }

    /// <summary>The location of a CID itself.</summary>
    public static ResultLocation Of(Cid cid) => new(cid, []);

    /// <summary>Parses a location as a worker writes it.</summary>
    /// <exception cref="IExecException"><see cref="IExecErrorId.ResultLocationInvalid"/>.</exception>
    public static ResultLocation Parse(string location)
    {
        if (location.Length > MaximumLength)
            throw Invalid(location, "it is too long");
        if (location.AsSpan().IndexOf(':') >= 0 || location.StartsWith("//", StringComparison.Ordinal))
            throw Invalid(location, "it is a URL, and would send the download to a host of the worker's choosing");

        var segments = location.Split('/');
        var start = segments[0].Length == 0 && segments.Length > 1 ? 1 : 0;
        if (string.Equals(segments[start], "ipfs", StringComparison.Ordinal) && segments.Length > start + 1)
            start++;
        else if (start == 1)
            throw Invalid(location, "it does not begin with /ipfs/");

        if (!Cid.TryParse(segments[start], out var root))
            throw Invalid(location, "it does not name a CID that can be verified");

        var path = new List<string>();
        for (var i = start + 1; i < segments.Length; i++)
        {
            if (segments[i].Length == 0 && i == segments.Length - 1)
                break; // a slash at the end
            path.Add(CheckSegment(location, segments[i]));
        }

        return path.Count <= MaximumSegments ? new(root, path) : throw Invalid(location, "its path is too long");
    }

    /// <summary>The same location, spelled canonically.</summary>
    public override string ToString() => Path.Count == 0 ? $"/ipfs/{Root}" : $"/ipfs/{Root}/{string.Join("/", Path)}";

    private static string CheckSegment(string location, string segment)
    {
        if (segment is "" or "." or "..")
            throw Invalid(location, "its path has an empty, '.' or '..' part");

        foreach (var c in segment)
        {
            if (char.IsControl(c) || c is '\\' or '?' or '#' or '%')
                throw Invalid(location, "its path has a character that is not allowed");
        }

        return segment;
    }

    private static IExecException Invalid(string location, string reason) =>
        new(IExecErrorId.ResultLocationInvalid, $"The result's location '{Redaction.Untrusted(location)}' is not an IPFS path: {reason}.");
}
