using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace IExec.Tasks.Results.Archives;

/// <summary>The fixed part of the local header of an entry (PKWARE APPNOTE 4.3.7).</summary>
/// <param name="Flags">General purpose bits.</param>
/// <param name="Method">How the content is compressed.</param>
/// <param name="PackedLength">Bytes in the archive, or the mark that they are stated elsewhere.</param>
/// <param name="UnpackedLength">Bytes when expanded, likewise.</param>
/// <param name="NameLength">Bytes of the name that follows.</param>
/// <param name="ExtraLength">Bytes of the extra fields after the name.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ZipLocalHeader(int Flags, int Method, uint PackedLength, uint UnpackedLength, int NameLength, int ExtraLength)
{
    /// <summary>Bytes of the fixed part.</summary>
    public const int Length = 30;

    /// <summary>Its first four bytes.</summary>
    public const uint Signature = 0x04034b50;

    /// <summary>Whether the content has a zip password.</summary>
    public bool IsEncrypted => (Flags & 1) != 0;

    /// <summary>Whether the lengths are in a data descriptor after the content.</summary>
    public bool HasDescriptor => (Flags & 8) != 0;

    /// <summary>Reads a header; false when there is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ZipLocalHeader header)
    {
        var isHeader = bytes.Length >= Length && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == Signature;
        header = isHeader ? new(U16(bytes, 6), U16(bytes, 8), U32(bytes, 18), U32(bytes, 22), U16(bytes, 26), U16(bytes, 28)) : default;
        return isHeader;
    }

    private static int U16(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);
}
