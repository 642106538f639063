using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace IExec.Tasks.Fuzzing.Mutations;

/// <summary>Mutations of JSON tokens, so that most results are still valid JSON.</summary>
internal static class JsonMutations
{
    /// <summary>Values that readers of JSON often handle wrongly.</summary>
    private static readonly byte[][] Values =
    [
        .. new[]
        {
            "null", "true", "0", "-1", "1e400", "1.5", "3", "9223372036854775808", "18446744073709551616", "-9223372036854775809", "1e-400", "\"\"", "\"0x\"", "\"0x0\"",
            "\"0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\"", "\"\\ud800\"", "\"\\udc00x\"", "\"\\u0000\"", "\"\\u001b[31m\"", "[]", "{}", "[[]]",
            "[null]", "{\"\":{}}", "{\"\\ud800\":1}", "\"9999-12-31T23:59:59Z\"", "\"0001-01-01T00:00:00+14:00\"", "253402300800000", "\"2024-02-30\"",
        }.Select(Encoding.UTF8.GetBytes),
        [(byte)'"', 0xff, (byte)'"'],
        [(byte)'"', 0xed, 0xa0, 0x80, (byte)'"'],
        Encoding.ASCII.GetBytes(new string('[', 70) + new string(']', 70)),
        Encoding.ASCII.GetBytes('"' + new string('a', 5000) + '"'),
    ];

    public static byte[] Change(Random random, byte[] input, byte[] other)
    {
        var tokens = Tokens(input);
        if (tokens.Count == 0)
            return Values[random.Next(Values.Length)];
        var at = random.Next(tokens.Count);
        switch (random.Next(8))
        {
            case 0:
                tokens[at] = Values[random.Next(Values.Length)];
                break;
            case 1:
                tokens.RemoveAt(at);
                break;
            case 2:
                tokens.Insert(at, tokens[random.Next(tokens.Count)]);
                break;
            case 3:
                tokens[at] = tokens[random.Next(tokens.Count)];
                break;
            case 4:
                var theirs = Tokens(other);
                tokens[at] = theirs.Count == 0 ? tokens[at] : theirs[random.Next(theirs.Count)];
                break;
            case 5:
                tokens[at] = Escape(random, tokens[at]);
                break;
            case 6:
                var count = Math.Min(tokens.Count - at, 1 + random.Next(12));
                tokens.InsertRange(at, tokens.GetRange(at, count)); // a member twice, as often as not
                break;
            default:
                tokens[at] = [.. "["u8, .. tokens[at], .. "]"u8];
                break;
        }

        return [.. tokens.SelectMany(token => token)];
    }

    /// <summary>Writes one character of a string as an escape, or adds the escape of a lone surrogate.</summary>
    private static byte[] Escape(Random random, byte[] token)
    {
        if (token.Length < 2 || token[0] != '"')
            return token;
        var at = 1 + random.Next(token.Length - 1);
        return at < token.Length - 1 && random.Next(2) == 0 && token[at] is >= 0x20 and < 0x7f and not (byte)'\\'
            ? [.. token[..at], .. Encoding.ASCII.GetBytes($"\\u{token[at]:x4}"), .. token[(at + 1)..]]
            : [.. token[..at], .. "\\ud83d"u8, .. token[at..]];
    }

    /// <summary>Texts, words (names, numbers), and each other byte by itself; together they are the input.</summary>
    private static List<byte[]> Tokens(byte[] input)
    {
        var tokens = new List<byte[]>();
        for (var start = 0; start < input.Length;)
        {
            var end = start + 1;
            if (input[start] == '"')
            {
                while (end < input.Length && input[end] != '"')
                    end += input[end] == '\\' ? 2 : 1;
                end = Math.Min(end + 1, input.Length);
            }
            else
            {
                while (IsWord(input[start]) && end < input.Length && IsWord(input[end]))
                    end++;
            }

            tokens.Add(input[start..end]);
            start = end;
        }

        return tokens;
    }

    private static bool IsWord(byte value) => char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'+' or (byte)'.';
}
