namespace IExec.Tasks.Results.Archives;

/// <summary>An entry of a zip archive as the central directory describes it. None of it is trusted.</summary>
/// <param name="Name">The name as it is in the directory.</param>
/// <param name="Length">Bytes when expanded.</param>
/// <param name="PackedLength">Bytes in the archive.</param>
/// <param name="HeaderOffset">The position of the local header.</param>
/// <param name="IsDeflated">Whether it is compressed (deflate); otherwise it is stored.</param>
/// <param name="UnixMode">Type and permission bits when the archive was made on Unix, else 0.</param>
internal sealed record ArchiveEntry(string Name, long Length, long PackedLength, long HeaderOffset, bool IsDeflated, int UnixMode)
{
    private const int TypeMask = 0xf000;
    private const int RegularFile = 0x8000;
    private const int Folder = 0x4000;

    /// <summary>True for a folder.</summary>
    public bool IsFolder => Name.Length > 0 && Name[^1] is '/' or '\\';

    /// <summary>True for a link, device or anything else that is neither file nor folder.</summary>
    public bool IsSpecial => (UnixMode & TypeMask) is not (0 or RegularFile or Folder);
}
