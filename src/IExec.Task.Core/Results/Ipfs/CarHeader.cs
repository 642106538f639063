using System;
using System.IO;

namespace IExec.Tasks.Results.Ipfs;

/// <summary>The header of a CAR: the dag-cbor map <c>{ roots: [&amp;Any], version: 1 }</c> and nothing else.</summary>
internal static class CarHeader
{
    private const byte UnsignedMajor = 0x00;
    private const byte BytesMajor = 0x40;
    private const byte TextMajor = 0x60;
    private const byte ArrayMajor = 0x80;
    private const byte MapMajor = 0xa0;
    private const byte TagMajor = 0xc0;
    private const int CidTag = 42;

    /// <summary>Checks that this is the header of a CARv1.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public static void Check(ReadOnlySpan<byte> header)
    {
        var hasVersion = false;
        var hasRoots = false;
        for (var keys = Take(ref header, MapMajor); keys > 0; keys--)
        {
            var key = TakeBytes(ref header, TextMajor);
            if (key.SequenceEqual("version"u8) && !hasVersion)
            {
                hasVersion = true;
                if (Take(ref header, UnsignedMajor) != 1)
                    throw new InvalidDataException("the CAR is not of version 1");
            }
            else if (key.SequenceEqual("roots"u8) && !hasRoots)
            {
                hasRoots = true;
                SkipRoots(ref header);
            }
            else
            {
                throw Malformed();
            }
        }

        if (!hasVersion || !header.IsEmpty)
            throw Malformed();
    }

    private static void SkipRoots(ref ReadOnlySpan<byte> header)
    {
        for (var roots = Take(ref header, ArrayMajor); roots > 0; roots--)
        {
            // A link is a byte string under tag 42: a zero, then the binary CID.
            if (Take(ref header, TagMajor) != CidTag || TakeBytes(ref header, BytesMajor) is not [0, ..])
                throw Malformed();
        }
    }

    private static ReadOnlySpan<byte> TakeBytes(ref ReadOnlySpan<byte> header, byte major)
    {
        var length = Take(ref header, major);
        if (length > header.Length)
            throw Malformed();
        var bytes = header[..length];
        header = header[length..];
        return bytes;
    }

    /// <summary>The head of an item. Its number fits 16 bits in every valid header.</summary>
    private static int Take(ref ReadOnlySpan<byte> header, byte major)
    {
        if (header.IsEmpty || (header[0] & 0xe0) != major)
            throw Malformed();

        var (value, length) = (header[0] & 0x1f) switch
        {
            < 24 and var small => (small, 1),
            24 when header.Length > 1 => (header[1], 2),
            25 when header.Length > 2 => ((header[1] << 8) | header[2], 3),
            _ => throw Malformed(),
        };
        header = header[length..];
        return value;
    }

    private static InvalidDataException Malformed() => new("the CAR has a malformed header");
}
