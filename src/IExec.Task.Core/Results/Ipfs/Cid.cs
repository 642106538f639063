using System;
using System.Diagnostics.CodeAnalysis;

namespace IExec.Tasks.Results.Ipfs;

/// <summary>
/// A content identifier (multiformats CID specification, versions 0 and 1): the name of a block, made from its hash.
/// Only CIDs that can be verified are accepted: the whole sha2-256, or small inline content ("identity").
/// </summary>
internal sealed class Cid : IEquatable<Cid>
{
    /// <summary>Codec of a block that is file content and nothing else.</summary>
    public const int Raw = 0x55;

    /// <summary>Codec of a block that is a dag-pb node.</summary>
    public const int DagPb = 0x70;

    private const int Identity = 0x00;
    private const int Sha2256 = 0x12;
    private const int DigestLength = 32;
    private const int MaximumInlineLength = 128; // as in the reference implementations
    private const int MaximumTextLength = 512;

    private readonly byte[] _digest;

    private Cid(int version, int codec, bool isInline, byte[] digest)
    {
        Version = version;
        Codec = codec;
        IsInline = isInline;
        _digest = digest;
    }

    /// <summary>0 or 1.</summary>
    public int Version { get; }

    /// <summary>How to read the block: <see cref="Raw"/>, <see cref="DagPb"/>, or one this module does not read.</summary>
    public int Codec { get; }

    /// <summary>True when the CID holds the block itself instead of its hash.</summary>
    public bool IsInline { get; }

    /// <summary>The sha2-256 of the block, or the block itself.</summary>
    public ReadOnlyMemory<byte> Digest => _digest;

    /// <summary>A CIDv1 for the block with this sha2-256.</summary>
    public static Cid CreateV1(int codec, ReadOnlySpan<byte> sha256) => new(1, codec, isInline: false, sha256.ToArray());

    /// <summary>The CIDv0 of the dag-pb block with this sha2-256.</summary>
    public static Cid CreateV0(ReadOnlySpan<byte> sha256) => new(0, DagPb, isInline: false, sha256.ToArray());

    /// <summary>Parses a CID in any of its spellings.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Cid? cid)
    {
        cid = null;
        if (text is null || text.Length > MaximumTextLength)
            return false;

        var isVersion0 = text.Length == 46 && text.StartsWith("Qm", StringComparison.Ordinal);
        var bytes = isVersion0 ? Multibase.DecodeBase58(text.AsSpan()) : Multibase.Decode(text.AsSpan());
        return bytes is not null
            && TryRead(bytes, out cid, out var length)
            && length == bytes.Length
            && cid.Version == (isVersion0 ? 0 : 1); // a CIDv0 has no multibase prefix
    }

    /// <summary>Reads a CID from the beginning of binary data.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, [NotNullWhen(true)] out Cid? cid, out int length)
    {
        cid = null;
        if (source.Length >= 2 && source[0] == Sha2256 && source[1] == DigestLength)
        {
            length = 2 + DigestLength;
            if (source.Length < length)
                return false;

            cid = CreateV0(source.Slice(2, DigestLength));
            return true;
        }

        if (!TryReadHead(source, out var codec, out var function, out var size, out length)
            || codec > int.MaxValue
            || !(function == Sha2256 ? size == DigestLength : function == Identity && size <= MaximumInlineLength)
            || source.Length - length < (int)size)
        {
            return false;
        }

        cid = new Cid(1, (int)codec, function == Identity, source.Slice(length, (int)size).ToArray());
        length += (int)size;
        return true;
    }

    /// <summary>
    /// Why a well-formed CID cannot be verified here, as a part of a sentence; null for a text that is not a CID. The
    /// names are those of the multicodec table.
    /// </summary>
    public static string? WhyUnsupported(string text)
    {
        if (text.Length > MaximumTextLength
            || Multibase.Decode(text.AsSpan()) is not { } bytes
            || !TryReadHead(bytes, out _, out var function, out var size, out var length)
            || (ulong)(bytes.Length - length) != size)
        {
            return null;
        }

        var name = function switch
        {
            Identity => null,
            0x11 => "sha1",
            Sha2256 => null,
            0x13 => "sha2-512",
            0x14 => "sha3-512",
            0x16 => "sha3-256",
            0x1b => "keccak-256",
            0x1e => "blake3",
            0xb220 => "blake2b-256",
            _ => "another function",
        };
        return name is null
            ? $"its CID holds {size} bytes, a length that is not supported"
            : $"its CID is made with the hash function 0x{function:x} ({name}), and only sha2-256 is verified";
    }

    /// <summary>True when these bytes are the block with this CID.</summary>
    public bool Names(ReadOnlySpan<byte> block)
    {
        if (IsInline)
            return block.SequenceEqual(_digest);

        Span<byte> hash = stackalloc byte[DigestLength];
        Sha256.Hash(block, hash);
        return hash.SequenceEqual(_digest);
    }

    /// <summary>True when both are of the same block, whatever their version and codec.</summary>
    public bool NamesSameBlock(Cid other) => IsInline == other.IsInline && _digest.AsSpan().SequenceEqual(other._digest);

    /// <summary>The binary form.</summary>
    public byte[] ToBytes()
    {
        Span<byte> head = stackalloc byte[4 * Varint.MaximumLength];
        var length = 0;
        if (Version == 1)
        {
            length = Varint.Write(head, 1);
            length += Varint.Write(head[length..], (ulong)Codec);
        }

        length += Varint.Write(head[length..], IsInline ? (ulong)Identity : Sha2256);
        length += Varint.Write(head[length..], (ulong)_digest.Length);

        var bytes = new byte[length + _digest.Length];
        head[..length].CopyTo(bytes);
        _digest.CopyTo(bytes, length);
        return bytes;
    }

    /// <summary>The canonical text: base58btc for version 0, base32 for version 1.</summary>
    public override string ToString() => Version == 0 ? Multibase.EncodeBase58(ToBytes()) : Multibase.EncodeBase32(ToBytes());

    /// <inheritdoc/>
    public bool Equals(Cid? other) => other is not null && Version == other.Version && Codec == other.Codec && NamesSameBlock(other);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Cid);

    /// <inheritdoc/>
    public override int GetHashCode() => _digest.Length < 4 ? _digest.Length : BitConverter.ToInt32(_digest, 0);

    /// <summary>Reads what precedes the digest of a CIDv1.</summary>
    private static bool TryReadHead(ReadOnlySpan<byte> source, out ulong codec, out ulong function, out ulong size, out int length)
    {
        (codec, function, size) = (0, 0, 0);
        return TryTake(source, 0, out var version, out length)
            && version == 1
            && TryTake(source, length, out codec, out length)
            && TryTake(source, length, out function, out length)
            && TryTake(source, length, out size, out length);
    }

    private static bool TryTake(ReadOnlySpan<byte> source, int start, out ulong value, out int end)
    {
        var taken = Varint.TryReadMinimal(source[start..], out value, out var length);
        end = start + length;
        return taken;
    }
}
