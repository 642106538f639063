using System;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace IExec.Tasks.Ethereum;

/// <summary>An account's or contract's address: 20 bytes. Its text carries the checksum of EIP-55 in the case of its letters.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Address
{
    /// <summary>The length in bytes.</summary>
    public const int Size = 20;

    private const int TextLength = 2 + (2 * Size);

    private readonly ulong _a, _b;
    private readonly uint _c;

    /// <param name="bytes">Exactly 20 bytes.</param>
    public Address(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
            throw new ArgumentException("Exactly 20 bytes are needed.", nameof(bytes));
        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes.Slice(8));
        _c = BinaryPrimitives.ReadUInt32BigEndian(bytes.Slice(16));
    }

    public bool IsZero => (_a | _b | _c) == 0;

    /// <summary>Reads <c>0x</c> and 40 digits: all letters lower case, all upper case, or mixed with the right EIP-55 checksum.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Address value)
    {
        value = default;
        Span<byte> bytes = stackalloc byte[Size];
        if (!Hex.TryDecode(text.AsSpan(), bytes))
            return false;

        var parsed = new Address(bytes);
        if (!HasRightCase(text.AsSpan(2), parsed))
            return false;
        value = parsed;
        return true;
    }

    /// <inheritdoc cref="TryParse"/>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static Address Parse(string text) =>
        TryParse(text, out var value) ? value : throw new FormatException("The text is not an address, or its checksum is wrong.");

    /// <summary>Writes the 20 bytes to the start of the destination.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination.Slice(8), _b);
        BinaryPrimitives.WriteUInt32BigEndian(destination.Slice(16), _c);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary><c>0x</c> and 40 digits with the EIP-55 checksum.</summary>
    public override string ToString()
    {
        Span<char> text = stackalloc char[TextLength];
        text[0] = '0';
        text[1] = 'x';
        WriteChecksummed(text.Slice(2));
        return text.ToString();
    }

    private static bool HasRightCase(ReadOnlySpan<char> digits, Address address)
    {
        bool hasLower = false, hasUpper = false;
        foreach (var digit in digits)
        {
            hasLower |= digit is >= 'a' and <= 'f';
            hasUpper |= digit is >= 'A' and <= 'F';
        }

        if (!(hasLower && hasUpper))
            return true;
        Span<char> expected = stackalloc char[2 * Size];
        address.WriteChecksummed(expected);
        return digits.SequenceEqual(expected);
    }

    /// <summary>EIP-55: a letter is upper case where the digit at its place in the Keccak-256 of the lower-case ASCII digits is 8 or more.</summary>
    private void WriteChecksummed(Span<char> digits)
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        Span<byte> ascii = stackalloc byte[2 * Size];
        for (var i = 0; i < ascii.Length; i++)
        {
            var value = Nibble(bytes, i);
            ascii[i] = (byte)(value < 10 ? '0' + value : 'a' - 10 + value);
        }

        Span<byte> digest = stackalloc byte[Keccak256.Size];
        Keccak256.Hash(ascii, digest);
        for (var i = 0; i < ascii.Length; i++)
        {
            var isUpper = ascii[i] >= 'a' && Nibble(digest, i) >= 8;
            digits[i] = (char)(isUpper ? ascii[i] - 0x20 : ascii[i]);
        }
    }

    private static int Nibble(ReadOnlySpan<byte> bytes, int index) => (index & 1) == 0 ? bytes[index >> 1] >> 4 : bytes[index >> 1] & 0xF;
}
