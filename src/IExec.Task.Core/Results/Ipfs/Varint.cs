using System;

namespace IExec.Tasks.Results.Ipfs;

/// <summary>Unsigned LEB128 integers, as multiformats, CAR and Protocol Buffers write them.</summary>
internal static class Varint
{
    /// <summary>The longest encoding of a 64-bit value.</summary>
    public const int MaximumLength = 10;

    /// <summary>Reads one integer. False when the bytes end too early or the value does not fit 64 bits.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out ulong value, out int length)
    {
        value = 0;
        for (length = 0; length < source.Length && length < MaximumLength; length++)
        {
            var part = (ulong)(source[length] & 0x7f);
            if (length == MaximumLength - 1 && part > 1)
                return false;

            value |= part << (7 * length);
            if (source[length] < 0x80)
            {
                length++;
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads one integer of the unsigned-varint specification: at most 63 bits, in the shortest form.</summary>
    public static bool TryReadMinimal(ReadOnlySpan<byte> source, out ulong value, out int length) =>
        TryRead(source, out value, out length) && length < MaximumLength && length == LengthOf(value);

    /// <summary>How many bytes <see cref="Write"/> needs.</summary>
    public static int LengthOf(ulong value)
    {
        var length = 1;
        while ((value >>= 7) != 0)
            length++;
        return length;
    }

    /// <summary>Writes the shortest form and returns its length.</summary>
    public static int Write(Span<byte> destination, ulong value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7)
            destination[length++] = (byte)(value | 0x80);
        destination[length++] = (byte)value;
        return length;
    }
}
