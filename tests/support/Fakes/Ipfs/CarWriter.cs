using System;
using System.Collections.Generic;
using System.Linq;
using IExec.Tasks.Results.Ipfs;

namespace IExec.Tasks.Fakes.Ipfs;

/// <summary>Writes CARv1 as gateways do.</summary>
internal static class CarWriter
{
    /// <summary>The header <c>{ roots: [root], version: 1 }</c> in dag-cbor, with its length.</summary>
    public static byte[] Header(Cid root)
    {
        var cid = root.ToBytes();
        byte[] header =
        [
            0xa2,
            0x65, .. "roots"u8, 0x81, 0xd8, 0x2a, 0x58, (byte)(cid.Length + 1), 0, .. cid,
            0x67, .. "version"u8, 0x01,
        ];
        return [.. Integer(header.Length), .. header];
    }

    /// <summary>The header of a block.</summary>
    public static byte[] SectionHead(Cid cid, int blockLength)
    {
        var bytes = cid.ToBytes();
        return [.. Integer(bytes.Length + blockLength), .. bytes];
    }

    /// <summary>A whole CAR, in memory.</summary>
    public static byte[] Write(Cid root, IEnumerable<(Cid Cid, byte[] Block)> sections) =>
        [.. Header(root), .. sections.SelectMany(section => SectionHead(section.Cid, section.Block.Length).Concat(section.Block))];

    private static byte[] Integer(int value)
    {
        Span<byte> bytes = stackalloc byte[Varint.MaximumLength];
        return bytes[..Varint.Write(bytes, (ulong)value)].ToArray();
    }
}
