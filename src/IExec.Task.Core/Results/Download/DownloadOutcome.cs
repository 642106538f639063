using System.Collections.Generic;
using IExec.Tasks.Results.Archives;

namespace IExec.Tasks.Results.Download;

/// <summary>A finished download.</summary>
/// <param name="Length">The file's length in bytes.</param>
/// <param name="IsVerified">True when the bytes are what the CID names; null when that could not be checked. There is no false: such a file is not kept.</param>
/// <param name="Reason">Why it could not be checked.</param>
internal sealed record DownloadOutcome(long Length, bool? IsVerified, string? Reason)
{
    /// <summary>What is known of the entries of the archive that came.</summary>
    public IReadOnlyDictionary<long, EntryHash> Hashes { get; init; } = EntryHash.None;
}
