using System;

namespace IExec.Tasks.Results.Ipfs;

/// <summary>The text encodings in which CIDs are found: base16, base32, base36 and base58btc (multibase specification).</summary>
internal static class Multibase
{
    private const string Base16 = "0123456789abcdef";
    private const string Base32 = "abcdefghijklmnopqrstuvwxyz234567";
    private const string Base36 = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const string Base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    /// <summary>Decodes text with its multibase prefix; null when it is malformed.</summary>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return null;

        var digits = text[1..];
        return text[0] switch
        {
            'b' => DecodeBits(digits, Base32, 5),
            'B' => DecodeUpper(digits, Base32, 5),
            'f' => DecodeBits(digits, Base16, 4),
            'F' => DecodeUpper(digits, Base16, 4),
            'k' => DecodeNumber(digits, Base36),
            'z' => DecodeNumber(digits, Base58),
            _ => null,
        };
    }

    /// <summary>Decodes base58btc without a prefix, as CIDv0 is written.</summary>
    public static byte[]? DecodeBase58(ReadOnlySpan<char> digits) => DecodeNumber(digits, Base58);

    /// <summary>Lower-case base32 without padding, with its prefix, as CIDv1 is written.</summary>
    public static string EncodeBase32(ReadOnlySpan<byte> bytes)
    {
        var text = new char[1 + ((bytes.Length * 8) + 4) / 5];
        text[0] = 'b';
        var (buffer, bits, next) = (0, 0, 1);
        foreach (var b in bytes)
        {
            buffer = (buffer << 8) | b;
            for (bits += 8; bits >= 5; bits -= 5)
                text[next++] = Base32[(buffer >> (bits - 5)) & 31];
            buffer &= (1 << bits) - 1;
        }

        if (bits > 0)
            text[next] = Base32[(buffer << (5 - bits)) & 31];
        return new string(text);
    }

    /// <summary>base58btc without a prefix.</summary>
    public static string EncodeBase58(ReadOnlySpan<byte> bytes)
    {
        var zeros = 0;
        while (zeros < bytes.Length && bytes[zeros] == 0)
            zeros++;

        var digits = new byte[bytes.Length * 138 / 100 + 1];
        var length = 0;
        foreach (var b in bytes[zeros..])
        {
            int carry = b;
            for (var i = 0; i < length || carry != 0; i++)
            {
                carry += digits[i] << 8;
                digits[i] = (byte)(carry % 58);
                carry /= 58;
                length = Math.Max(length, i + 1);
            }
        }

        var text = new char[zeros + length];
        text.AsSpan(0, zeros).Fill(Base58[0]);
        for (var i = 0; i < length; i++)
            text[zeros + i] = Base58[digits[length - 1 - i]];
        return new string(text);
    }

    private static byte[]? DecodeUpper(ReadOnlySpan<char> digits, string alphabet, int bitsEach)
    {
        var lower = new char[digits.Length];
        for (var i = 0; i < digits.Length; i++)
        {
            if (digits[i] is >= 'a' and <= 'z')
                return null;
            lower[i] = char.ToLowerInvariant(digits[i]);
        }

        return DecodeBits(lower, alphabet, bitsEach);
    }

    /// <summary>A base that is a power of two. Remaining bits must be zero and fewer than a digit, so that each value has one encoding.</summary>
    private static byte[]? DecodeBits(ReadOnlySpan<char> digits, string alphabet, int bitsEach)
    {
        var bytes = new byte[digits.Length * bitsEach / 8];
        var (buffer, bits, next) = (0, 0, 0);
        foreach (var c in digits)
        {
            var digit = alphabet.IndexOf(c);
            if (digit < 0)
                return null;

            buffer = (buffer << bitsEach) | digit;
            bits += bitsEach;
            if (bits < 8)
                continue;

            bits -= 8;
            bytes[next++] = (byte)(buffer >> bits);
            buffer &= (1 << bits) - 1;
        }

        return bits < bitsEach && buffer == 0 ? bytes : null;
    }

    /// <summary>A base whose digits are one large number; leading zero digits are leading zero bytes.</summary>
    private static byte[]? DecodeNumber(ReadOnlySpan<char> digits, string alphabet)
    {
        var zeros = 0;
        while (zeros < digits.Length && digits[zeros] == alphabet[0])
            zeros++;

        var number = new byte[digits.Length]; // little endian; a digit is less than a byte
        var length = 0;
        foreach (var c in digits[zeros..])
        {
            var carry = alphabet.IndexOf(c);
            if (carry < 0)
                return null;

            for (var i = 0; i < length || carry != 0; i++)
            {
                carry += number[i] * alphabet.Length;
                number[i] = (byte)carry;
                carry >>= 8;
                length = Math.Max(length, i + 1);
            }
        }

        var bytes = new byte[zeros + length];
        for (var i = 0; i < length; i++)
            bytes[zeros + i] = number[length - 1 - i];
        return bytes;
    }
}
