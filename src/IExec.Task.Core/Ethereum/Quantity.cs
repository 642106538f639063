using System;
using System.Globalization;
using System.Numerics;

namespace IExec.Tasks.Ethereum;

/// <summary>Numbers in the JSON of a node: <c>0x</c> and hexadecimal digits without leading zeros (EIP-1474).</summary>
internal static class Quantity
{
    /// <summary>The digits of a uint256.</summary>
    private const int LongestDigits = 64;

    public static string Encode(BigInteger value)
    {
        if (value.Sign < 0)
            throw new ArgumentOutOfRangeException(nameof(value));
        var digits = value.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');
        return digits.Length == 0 ? "0x0" : "0x" + digits;
    }

    /// <summary>Reads 1 to 64 digits; leading zeros, which some nodes write, are accepted.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> utf8, out BigInteger value)
    {
        value = BigInteger.Zero;
        var digits = utf8.Length - 2;
        if (digits is < 1 or > LongestDigits)
            return false;

        Span<byte> padded = stackalloc byte[2 + LongestDigits];
        padded.Fill((byte)'0');
        utf8.Slice(0, 2).CopyTo(padded);
        utf8.Slice(2).CopyTo(padded.Slice(padded.Length - digits));
        Span<byte> bytes = stackalloc byte[UInt256.Size];
        if (!Hex.TryDecode(padded, bytes))
            return false;
        value = UInt256.FromBigEndian(bytes);
        return true;
    }
}
