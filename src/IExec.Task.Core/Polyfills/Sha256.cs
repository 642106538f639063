using System;
using System.Security.Cryptography;

namespace IExec.Tasks;

/// <summary>SHA-256 of a span, on both frameworks.</summary>
internal static class Sha256
{
    /// <summary>Length of a hash.</summary>
    public const int Length = 32;

    /// <summary>Writes the hash of <paramref name="source"/> into the first 32 bytes of <paramref name="destination"/>.</summary>
    public static void Hash(ReadOnlySpan<byte> source, Span<byte> destination)
    {
#if NETSTANDARD2_0
        var copy = System.Buffers.ArrayPool<byte>.Shared.Rent(source.Length);
        source.CopyTo(copy);
        using (var algorithm = SHA256.Create())
            algorithm.ComputeHash(copy, 0, source.Length).CopyTo(destination);
        System.Buffers.ArrayPool<byte>.Shared.Return(copy);
#else
        SHA256.HashData(source, destination);
#endif
    }
}
