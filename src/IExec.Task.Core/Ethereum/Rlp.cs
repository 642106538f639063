using System;
using System.Numerics;

namespace IExec.Tasks.Ethereum;

/// <summary>Recursive Length Prefix, the encoding of transactions (Ethereum yellow paper, appendix B). Items are encoded first and then put in lists.</summary>
internal static class Rlp
{
    private const byte ShortString = 0x80;
    private const byte ShortList = 0xC0;
    private const int LongestShort = 55;

    /// <summary>Encodes a string of bytes.</summary>
    public static byte[] Item(ReadOnlySpan<byte> value) =>
        value.Length == 1 && value[0] < ShortString ? value.ToArray() : WithPrefix(ShortString, value);

    /// <summary>Encodes an unsigned number: its bytes, most significant first, without leading zeros; zero is the empty string.</summary>
    public static byte[] Item(BigInteger value)
    {
        Span<byte> word = stackalloc byte[UInt256.Size];
        UInt256.WriteBigEndian(value, word);
        var start = 0;
        while (start < word.Length && word[start] == 0) start++;
        return Item(word.Slice(start));
    }

    /// <summary>Encodes an address.</summary>
    public static byte[] Item(Address value)
    {
        Span<byte> bytes = stackalloc byte[Address.Size];
        value.CopyTo(bytes);
        return Item(bytes);
    }

    /// <summary>Encodes a list of items that are encoded already.</summary>
    public static byte[] List(params byte[][] items)
    {
        var length = 0;
        foreach (var item in items) length = checked(length + item.Length);
        var payload = new byte[length];
        var end = 0;
        foreach (var item in items)
        {
            item.CopyTo(payload, end);
            end += item.Length;
        }

        return WithPrefix(ShortList, payload);
    }

    private static byte[] WithPrefix(byte kind, ReadOnlySpan<byte> payload)
    {
        if (payload.Length <= LongestShort) return [(byte)(kind + payload.Length), .. payload];

        var lengthSize = payload.Length switch { <= 0xFF => 1, <= 0xFFFF => 2, <= 0xFFFFFF => 3, _ => 4 };
        var encoded = new byte[1 + lengthSize + payload.Length];
        encoded[0] = (byte)(kind + LongestShort + lengthSize);
        UInt256.WriteBigEndian(payload.Length, encoded.AsSpan(1, lengthSize));
        payload.CopyTo(encoded.AsSpan(1 + lengthSize));
        return encoded;
    }
}
