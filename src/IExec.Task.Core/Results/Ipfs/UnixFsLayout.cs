using System.Collections.Generic;

namespace IExec.Tasks.Results.Ipfs;

/// <summary>How a file is split into blocks. The CID of a file depends on it.</summary>
/// <param name="CidVersion">0 or 1.</param>
/// <param name="RawLeaves">Whether a leaf is the content alone, or a dag-pb node around it.</param>
/// <param name="ChunkLength">Content bytes in a leaf.</param>
/// <param name="MaximumLinks">Links in an inner node.</param>
internal sealed record UnixFsLayout(int CidVersion, bool RawLeaves, int ChunkLength, int MaximumLinks)
{
    /// <summary>The default of kubo and js-ipfs since 2015: CIDv0, 256 KiB, 174 links.</summary>
    public static UnixFsLayout Version0 { get; } = new(0, RawLeaves: false, 256 * 1024, 174);

    /// <summary>The default of <c>ipfs add --cid-version=1</c> for years: raw leaves of 256 KiB, 174 links.</summary>
    public static UnixFsLayout Version1 { get; } = new(1, RawLeaves: true, 256 * 1024, 174);

    /// <summary>The profile unixfs-v1-2025, and the default of js-ipfs: raw leaves of 1 MiB, 1024 links.</summary>
    public static UnixFsLayout Version1Large { get; } = new(1, RawLeaves: true, 1024 * 1024, 1024);

    /// <summary>The layouts that this CID may have, the most likely first.</summary>
    public static IReadOnlyList<UnixFsLayout> CandidatesFor(Cid cid) => cid switch
    {
        { IsInline: true } => [],
        { Codec: Cid.Raw } => [Version1 with { ChunkLength = UnixFsNode.MaximumBlockLength }], // a single block of whatever length
        { Version: 0 } => [Version0],
        _ => [Version1, Version1Large],
    };
}
