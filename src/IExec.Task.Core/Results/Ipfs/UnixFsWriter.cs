using System;
using System.Collections.Generic;

namespace IExec.Tasks.Results.Ipfs;

/// <summary>Writes UnixFS nodes as dag-pb, byte for byte as kubo and js-ipfs do, so that the CIDs are the same.</summary>
internal static class UnixFsWriter
{
    private static readonly byte[] FileKind = [0x08, (byte)UnixFsKind.File];
    private static readonly byte[] DirectoryKind = [0x08, (byte)UnixFsKind.Directory];

    /// <summary>The bytes before and after the content in a dag-pb leaf of this length.</summary>
    public static (byte[] Before, byte[] After) FrameLeaf(int contentLength)
    {
        var after = Field(3, (ulong)contentLength);
        var before = contentLength == 0 ? FileKind : [.. FileKind, .. Head(2, contentLength)];
        return ([.. Head(1, before.Length + contentLength + after.Length), .. before], after);
    }

    /// <summary>A file's inner node.</summary>
    public static byte[] WriteFile(IReadOnlyList<UnixFsPiece> pieces)
    {
        var size = 0L;
        var node = new List<byte>();
        var data = new List<byte>();
        foreach (var piece in pieces)
        {
            node.AddRange(Link(piece, ""));
            data.AddRange(Field(4, (ulong)piece.Size));
            size += piece.Size;
        }

        data.InsertRange(0, [.. FileKind, .. Field(3, (ulong)size)]);
        return [.. node, .. Head(1, data.Count), .. data];
    }

    /// <summary>A directory. The entries must be sorted by name, byte by byte.</summary>
    public static byte[] WriteDirectory(IReadOnlyList<UnixFsEntry> entries)
    {
        var node = new List<byte>();
        foreach (var entry in entries)
            node.AddRange(Link(entry.Piece, entry.Name));
        return [.. node, .. Head(1, DirectoryKind.Length), .. DirectoryKind];
    }

    private static byte[] Link(UnixFsPiece piece, string name)
    {
        var cid = piece.Cid.ToBytes();
        var text = System.Text.Encoding.UTF8.GetBytes(name);
        byte[] link = [.. Head(1, cid.Length), .. cid, .. Head(2, text.Length), .. text, .. Field(3, (ulong)piece.DagSize)];
        return [.. Head(2, link.Length), .. link];
    }

    private static byte[] Head(int number, int length) => [(byte)((number << 3) | (int)ProtobufKind.Bytes), .. Integer((ulong)length)];

    private static byte[] Field(int number, ulong value) => [(byte)(number << 3), .. Integer(value)];

    private static byte[] Integer(ulong value)
    {
        Span<byte> bytes = stackalloc byte[Varint.MaximumLength];
        return bytes[..Varint.Write(bytes, value)].ToArray();
    }
}
