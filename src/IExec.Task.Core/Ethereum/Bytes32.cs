using System;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace IExec.Tasks.Ethereum;

/// <summary>32 bytes: a task id, a deal id, a digest, a transaction hash, a topic. Compares and hashes without allocation.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Bytes32
{
    /// <summary>The length in bytes.</summary>
    public const int Size = 32;

    private readonly ulong _a, _b, _c, _d;

    /// <param name="bytes">Exactly 32 bytes.</param>
    public Bytes32(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
            throw new ArgumentException("Exactly 32 bytes are needed.", nameof(bytes));
        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes.Slice(8));
        _c = BinaryPrimitives.ReadUInt64BigEndian(bytes.Slice(16));
        _d = BinaryPrimitives.ReadUInt64BigEndian(bytes.Slice(24));
    }

    public bool IsZero => (_a | _b | _c | _d) == 0;

    /// <summary>Reads <c>0x</c> and 64 hexadecimal digits of any case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Bytes32 value)
    {
        Span<byte> bytes = stackalloc byte[Size];
        var isValid = Hex.TryDecode(text.AsSpan(), bytes);
        value = isValid ? new Bytes32(bytes) : default;
        return isValid;
    }

    /// <inheritdoc cref="TryParse"/>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static Bytes32 Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException("The text is not '0x' and 64 hexadecimal digits.");

    /// <summary>The Keccak-256 digest of the data.</summary>
    public static Bytes32 Keccak(ReadOnlySpan<byte> data)
    {
        Span<byte> digest = stackalloc byte[Keccak256.Size];
        Keccak256.Hash(data, digest);
        return new Bytes32(digest);
    }

    /// <summary>Writes the 32 bytes to the start of the destination.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination.Slice(8), _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination.Slice(16), _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination.Slice(24), _d);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary><c>0x</c> and 64 digits in lower case.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Hex.Encode(bytes);
    }
}
