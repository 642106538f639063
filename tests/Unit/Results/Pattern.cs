using System;

namespace IExec.Tasks.UnitTests.Results;

/// <summary>Reproducible bytes: byte i is the high byte of i × 2654435761 (mod 2³²).</summary>
internal static class Pattern
{
    public static byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
            bytes[i] = (byte)(unchecked((uint)i * 2654435761u) >> 24);
        return bytes;
    }

    public static string ToHex(this ReadOnlySpan<byte> bytes) => Convert.ToHexString(bytes).ToLowerInvariant();
}
