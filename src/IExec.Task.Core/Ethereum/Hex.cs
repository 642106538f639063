using System;
using System.Text;

namespace IExec.Tasks.Ethereum;

/// <summary>
/// The hexadecimal text of Ethereum's JSON: <c>0x</c> and two digits a byte. Written in lower case, read in any case,
/// from UTF-16 text and directly from the UTF-8 of a response.
/// </summary>
internal static class Hex
{
    private const int LongestOnStack = 128;

    private const byte Invalid = 0x10;

    /// <summary>The value of every byte as a digit; other characters have a bit that no digit has.</summary>
    private static readonly byte[] DigitValues = CreateDigitValues();

    private static ReadOnlySpan<byte> Digits => "0123456789abcdef"u8;

    /// <summary>Writes <c>0x</c> and the bytes in lower case.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var length = Length(bytes.Length);
        var text = length <= LongestOnStack ? stackalloc byte[length] : new byte[length];
        Encode(bytes, text);
        return Encoding.ASCII.GetString(text);
    }

    /// <summary>The same in UTF-8, to the start of the destination, which is at least <see cref="Length"/> bytes long.</summary>
    public static void Encode(ReadOnlySpan<byte> bytes, Span<byte> utf8)
    {
        var text = utf8.Slice(0, Length(bytes.Length));
        text[0] = (byte)'0';
        text[1] = (byte)'x';
        for (var i = 0; i < bytes.Length; i++)
        {
            text[2 + (2 * i)] = Digits[bytes[i] >> 4];
            text[3 + (2 * i)] = Digits[bytes[i] & 0xF];
        }
    }

    /// <summary>The length of the text for a number of bytes.</summary>
    public static int Length(int bytes) => checked(2 + (bytes * 2));

    /// <summary>Reads <c>0x</c> and two digits a byte.</summary>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static byte[] Decode(string text)
    {
        if (text.Length % 2 == 0 && text.Length >= 2)
        {
            var bytes = new byte[(text.Length - 2) / 2];
            if (TryDecode(text.AsSpan(), bytes))
                return bytes;
        }

        throw new FormatException("The text is not '0x' and two hexadecimal digits a byte.");
    }

    /// <summary>Reads <c>0x</c> and exactly as many bytes as the destination holds.</summary>
    /// <returns>False, with the destination in no particular state, when the text is anything else.</returns>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> destination)
    {
        if (text.Length - 2 != destination.Length * 2L || text[0] != '0' || (text[1] | 0x20) != 'x')
            return false;
        var seen = 0;
        for (var i = 0; i < destination.Length; i++)
        {
            var high = DigitValue(text[2 + (2 * i)]);
            var low = DigitValue(text[3 + (2 * i)]);
            seen |= high | low;
            destination[i] = (byte)((high << 4) | low);
        }

        return seen < Invalid;
    }

    /// <inheritdoc cref="TryDecode(ReadOnlySpan{char}, Span{byte})"/>
    public static bool TryDecode(ReadOnlySpan<byte> utf8, Span<byte> destination)
    {
        if (utf8.Length - 2 != destination.Length * 2L || utf8[0] != '0' || (utf8[1] | 0x20) != 'x')
            return false;
        var digits = utf8.Slice(2);
        var seen = 0;
        for (var i = 0; i < destination.Length; i++)
        {
            var high = DigitValues[digits[2 * i]];
            var low = DigitValues[digits[(2 * i) + 1]];
            seen |= high | low;
            destination[i] = (byte)((high << 4) | low);
        }

        return seen < Invalid;
    }

    private static int DigitValue(char character) => character < DigitValues.Length ? DigitValues[character] : Invalid;

    private static byte[] CreateDigitValues()
    {
        var values = new byte[256];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = i switch
            {
                >= '0' and <= '9' => (byte)(i - '0'),
                >= 'a' and <= 'f' => (byte)(i - 'a' + 10),
                >= 'A' and <= 'F' => (byte)(i - 'A' + 10),
                _ => Invalid,
            };
        }

        return values;
    }
}
