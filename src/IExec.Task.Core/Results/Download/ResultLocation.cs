using System;
using System.Collections.Generic;
using System.Linq;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Results.Ipfs;

namespace IExec.Tasks.Results.Download;

/// <summary>
/// The location of a result on IPFS. It is written by a worker, so only <c>/ipfs/&lt;CID&gt;[/path]</c>, with or without the leading slash,
/// <c>ipfs://&lt;CID&gt;[/path]</c> and a bare CID are accepted: never a URL with a host, which the worker would choose.
/// </summary>
internal sealed class ResultLocation
{
    private const string NativeScheme = "ipfs://";
    private const int MaximumLength = 2048;
    private const int MaximumSegments = 32;

    private ResultLocation(Cid root, IReadOnlyList<string> path)
    {
        Root = root;
        Path = path;
    }

    /// <summary>The CID that the location begins with.</summary>
    public Cid Root { get; }

    /// <summary>The names of the path from there; empty when the CID is the file.</summary>
    public IReadOnlyList<string> Path { get; }

    /// <summary>The location of a CID itself.</summary>
    public static ResultLocation Of(Cid cid) => new(cid, []);

    /// <summary>Parses a location as a worker writes it.</summary>
    /// <exception cref="IExecException"><see cref="IExecErrorId.ResultLocationInvalid"/>.</exception>
    public static ResultLocation Parse(string location)
    {
        if (location.Length > MaximumLength)
            throw Invalid(location, "it is too long");

        var segments = Split(location);
        if (!Cid.TryParse(segments[0], out var root))
            throw Cid.WhyUnsupported(segments[0]) is { } why ? Unsupported(location, why) : Invalid(location, "it does not name a CID");
        if (root.Codec is not (Cid.Raw or Cid.DagPb))
            throw Unsupported(location, $"its CID has the codec 0x{root.Codec:x}, and only files are read (raw 0x55, dag-pb 0x70)");

        var path = new List<string>();
        for (var i = 1; i < segments.Length; i++)
        {
            if (segments[i].Length == 0 && i == segments.Length - 1)
                break; // a slash at the end
            path.Add(CheckSegment(location, segments[i]));
        }

        return path.Count <= MaximumSegments ? new(root, path) : throw Unsupported(location, $"its path has more than {MaximumSegments} parts");
    }

    /// <summary>The failure for a location that may be valid, but that this module does not read.</summary>
    /// <param name="location">The location as the worker wrote it, or in canonical form.</param>
    /// <param name="reason">What is not supported, as the rest of a sentence.</param>
    public static IExecException Unsupported(string location, string reason) =>
        new(
            IExecErrorId.ResultLocationInvalid,
            $"The result's location '{Redaction.Untrusted(location)}' is not supported: {reason}.",
            "This module does not read such a location. Get the result with an IPFS client such as Kubo.");

    /// <summary>The location in canonical form.</summary>
    public override string ToString() => Path.Count == 0 ? $"/ipfs/{Root}" : $"/ipfs/{Root}/{string.Join("/", Path)}";

    /// <summary>The parts of a location, beginning with the CID.</summary>
    private static string[] Split(string location)
    {
        if (location.StartsWith(NativeScheme, StringComparison.OrdinalIgnoreCase))
            return CheckNoUrl(location, location[NativeScheme.Length..]).Split('/');

        var parts = CheckNoUrl(location, location).Split('/');
        var start = parts[0].Length == 0 && parts.Length > 1 ? 1 : 0;
        if (string.Equals(parts[start], "ipfs", StringComparison.Ordinal) && parts.Length > start + 1)
            return [.. parts.Skip(start + 1)];
        if (string.Equals(parts[start], "ipns", StringComparison.Ordinal))
            throw Unsupported(location, "an IPNS name can be moved to other content at any time");
        return start == 0 ? parts : throw Invalid(location, "it does not begin with /ipfs/");
    }

    private static string CheckNoUrl(string location, string path) =>
        path.AsSpan().IndexOf(':') < 0 && !path.StartsWith("//", StringComparison.Ordinal)
            ? path
            : throw Invalid(location, "it is a URL, and would send the download to a host of the worker's choosing");

    private static string CheckSegment(string location, string segment)
    {
        if (segment is "" or "." or "..")
            throw Invalid(location, "its path has an empty, '.' or '..' part");

        foreach (var c in segment)
        {
            if (char.IsControl(c))
                throw Invalid(location, "its path has a control character");
            if (c is '\\' or '?' or '#' or '%')
                throw Unsupported(location, $"its path has the character '{c}'");
        }

        return segment;
    }

    private static IExecException Invalid(string location, string reason) =>
        new(IExecErrorId.ResultLocationInvalid, $"The result's location '{Redaction.Untrusted(location)}' is not an IPFS path: {reason}.");
}
