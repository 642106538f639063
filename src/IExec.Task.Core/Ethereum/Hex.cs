using System;

namespace IExec.Tasks.Ethereum;

/// <summary>
/// The hexadecimal text of Ethereum's JSON: <c>0x</c> and two digits a byte. Written in lower case, read in any case,
/// from UTF-16 text and from the UTF-8 of an answer without a string in between.
/// </summary>
internal static class Hex
{
    private const int LongestOnStack = 128;

    /// <summary>Writes <c>0x</c> and the bytes in lower case.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var length = checked(2 + (bytes.Length * 2));
        var text = length <= LongestOnStack ? stackalloc char[length] : new char[length];
        text[0] = '0';
        text[1] = 'x';
        for (var i = 0; i < bytes.Length; i++)
        {
            text[2 + (2 * i)] = Digit(bytes[i] >> 4);
            text[3 + (2 * i)] = Digit(bytes[i] & 0xF);
        }

        return text.ToString();
    }

    /// <summary>Reads <c>0x</c> and two digits a byte.</summary>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static byte[] Decode(string text)
    {
        if (text.Length % 2 == 0 && text.Length >= 2)
        {
            var bytes = new byte[(text.Length - 2) / 2];
            if (TryDecode(text.AsSpan(), bytes)) return bytes;
        }

        throw new FormatException("The text is not '0x' and two hexadecimal digits a byte.");
    }

    /// <summary>Reads <c>0x</c> and exactly as many bytes as the destination holds.</summary>
    /// <returns>False, with the destination in no particular state, when the text is anything else.</returns>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> destination)
    {
        if (text.Length - 2 != destination.Length * 2L || text[0] != '0' || (text[1] | 0x20) != 'x') return false;
        var digits = text.Slice(2);
        var invalid = 0;
        for (var i = 0; i < destination.Length; i++)
        {
            var value = (DigitValue(digits[2 * i]) << 4) | DigitValue(digits[(2 * i) + 1]);
            invalid |= value;
            destination[i] = (byte)value;
        }

        return invalid <= byte.MaxValue;
    }

    /// <inheritdoc cref="TryDecode(ReadOnlySpan{char}, Span{byte})"/>
    public static bool TryDecode(ReadOnlySpan<byte> utf8, Span<byte> destination)
    {
        if (utf8.Length - 2 != destination.Length * 2L || utf8[0] != '0' || (utf8[1] | 0x20) != 'x') return false;
        var digits = utf8.Slice(2);
        var invalid = 0;
        for (var i = 0; i < destination.Length; i++)
        {
            var value = (DigitValue(digits[2 * i]) << 4) | DigitValue(digits[(2 * i) + 1]);
            invalid |= value;
            destination[i] = (byte)value;
        }

        return invalid <= byte.MaxValue;
    }

    /// <summary>The value of a digit; 256, which survives the shift and the or of two digits, for anything else.</summary>
    internal static int DigitValue(int character) => character < 128 ? Values[character] : Invalid;

    private const short Invalid = 0x100;

    private static readonly short[] Values = CreateValues();

    private static char Digit(int value) => (char)(value < 10 ? '0' + value : 'a' - 10 + value);

    private static short[] CreateValues()
    {
        var values = new short[128];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = i switch
            {
                >= '0' and <= '9' => (short)(i - '0'),
                >= 'a' and <= 'f' => (short)(i - 'a' + 10),
                >= 'A' and <= 'F' => (short)(i - 'A' + 10),
                _ => Invalid,
            };
        }

        return values;
    }
}
