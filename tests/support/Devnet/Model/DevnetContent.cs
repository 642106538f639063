namespace IExec.Tasks.Devnet;

/// <summary>A result archive on IPFS.</summary>
/// <param name="Cid">The root block, which is a file in <see cref="DevnetFiles.Blocks"/> as all blocks below it are.</param>
/// <param name="Digest">The true result digest of the archive.</param>
/// <param name="Size">Bytes of the archive.</param>
/// <param name="File">Relative path of the whole archive; null if it is nowhere.</param>
/// <param name="Path">The archive's path below <paramref name="Cid"/> if that is a directory.</param>
public sealed record DevnetContent(string Cid, string Digest, long Size = 0, string? File = null, string? Path = null)
{
    /// <summary>The whole archive, to compare a download with.</summary>
    public byte[] ReadArchive() => System.IO.File.ReadAllBytes(System.IO.Path.Combine(DevnetFiles.State, File!));
}
