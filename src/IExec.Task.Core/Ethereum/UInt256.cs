using System;
using System.Numerics;

namespace IExec.Tasks.Ethereum;

/// <summary>The bytes of unsigned 256-bit numbers, most significant first, as in the ABI, RLP and the JSON of a node.</summary>
internal static class UInt256
{
    /// <summary>The length of a full word in bytes.</summary>
    public const int Size = 32;

    /// <summary>Reads an unsigned number, most significant byte first.</summary>
    public static BigInteger FromBigEndian(ReadOnlySpan<byte> bytes)
    {
        // One more byte than the number has: it stays zero, so that BigInteger does not see a sign.
        var littleEndian = new byte[bytes.Length + 1];
        for (var i = 0; i < bytes.Length; i++)
            littleEndian[i] = bytes[bytes.Length - 1 - i];
        return new BigInteger(littleEndian);
    }

    /// <summary>Fills the destination with the number, most significant byte first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or needs more bytes than the destination has.</exception>
    public static void WriteBigEndian(BigInteger value, Span<byte> destination)
    {
        var littleEndian = value.ToByteArray();
        var length = littleEndian.Length;
        while (length > 0 && littleEndian[length - 1] == 0)
            length--;
        if (value.Sign < 0 || length > destination.Length)
            throw new ArgumentOutOfRangeException(nameof(value));

        destination.Clear();
        for (var i = 0; i < length; i++)
            destination[destination.Length - 1 - i] = littleEndian[i];
    }
}
