using System;
using System.Buffers.Binary;

namespace IExec.Tasks.Fuzzing.Mutations;

/// <summary>Mutations of bytes: flipped bits, cut and copied parts, and numbers in the sizes of lengths and offsets in the formats.</summary>
internal static class ByteMutations
{
    private const int LongestPart = 64;

    private static readonly ulong[] Numbers =
    [
        0, 1, 2, 31, 32, 33, 55, 56, 63, 64, 127, 128, 255, 256, 1023, 1024, 4095, 4096, 65_535, 65_536, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff,
        0x1_0000_0000, 0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, 0xffff_ffff_ffff_ffff, 253_402_300_799, 253_402_300_800, 922_337_203_685,
    ];

    public static byte[] Change(Random random, byte[] input, byte[] other)
    {
        if (input.Length == 0)
            return Part(random, other);
        var at = random.Next(input.Length);
        switch (random.Next(9))
        {
            case 0:
                return Overwrite(input, at, [(byte)(input[at] ^ (1 << random.Next(8)))]);
            case 1:
                return Overwrite(input, at, [(byte)random.Next(256)]);
            case 2:
                return input[..at];
            case 3:
                return [.. input[..at], .. input[Math.Min(input.Length, at + 1 + random.Next(LongestPart))..]];
            case 4:
                return [.. input[..at], .. Part(random, input), .. input[at..]];
            case 5:
                return Overwrite(input, at, Part(random, other));
            case 6:
                return [.. input[..at], .. other.AsSpan(random.Next(other.Length + 1))];
            case 7:
                return Overwrite(input, at, Number(random));
            default:
                // An ABI word, at its place.
                var word = new byte[32];
                BinaryPrimitives.WriteUInt64BigEndian(word.AsSpan(24), Number(random, input.Length));
                return Overwrite(input, at / 32 * 32 + (input.Length % 32 == 4 ? 4 : 0), word);
        }
    }

    private static byte[] Part(Random random, byte[] source)
    {
        var start = random.Next(source.Length + 1);
        return source[start..Math.Min(source.Length, start + 1 + random.Next(LongestPart))];
    }

    private static byte[] Overwrite(byte[] input, int at, byte[] part)
    {
        var changed = (byte[])input.Clone();
        for (var i = 0; i < part.Length && at + i < changed.Length; i++)
            changed[at + i] = part[i];
        return changed;
    }

    private static ulong Number(Random random, int near) =>
        random.Next(3) == 0 ? (ulong)Math.Max(0, near + random.Next(-32, 33)) : Numbers[random.Next(Numbers.Length)];

    /// <summary>1, 2, 4 or 8 bytes in either order, or a variable-length integer.</summary>
    private static byte[] Number(Random random)
    {
        var value = Numbers[random.Next(Numbers.Length)];
        var bytes = new byte[8];
        switch (random.Next(3))
        {
            case 0:
                BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
                return bytes[..(1 << random.Next(4))];
            case 1:
                BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
                return bytes[(8 - (1 << random.Next(4)))..];
            default:
                var length = 0;
                var varint = new byte[10];
                for (; value >= 0x80; value >>= 7)
                    varint[length++] = (byte)(value | 0x80);
                varint[length++] = (byte)value;
                return varint[..length];
        }
    }
}
