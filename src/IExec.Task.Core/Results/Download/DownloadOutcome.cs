using System.Collections.Generic;
using IExec.Tasks.Results.Archives;

namespace IExec.Tasks.Results.Download;

/// <summary>A finished download.</summary>
/// <param name="Length">The file's length in bytes.</param>
/// <param name="IsVerified">True when the content matches the CID; null when that could not be checked. It is never false: such a file is not kept.</param>
/// <param name="Reason">Why it could not be checked.</param>
internal sealed record DownloadOutcome(long Length, bool? IsVerified, string? Reason)
{
    /// <summary>The hashes of the entries that are known, if the file is an archive.</summary>
    public IReadOnlyDictionary<long, EntryHash> Hashes { get; init; } = EntryHash.None;
}
