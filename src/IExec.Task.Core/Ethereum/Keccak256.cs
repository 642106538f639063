using System;
using System.Buffers.Binary;

namespace IExec.Tasks.Ethereum;

/// <summary>Keccak-256 as Ethereum uses it: the sponge of FIPS 202's SHA3-256 with the padding of the original submission (0x01, not 0x06).</summary>
internal static class Keccak256
{
    /// <summary>The length of a digest in bytes.</summary>
    public const int Size = 32;

    private const int Rate = 136;

    public static byte[] Hash(ReadOnlySpan<byte> data)
    {
        var digest = new byte[Size];
        Hash(data, digest);
        return digest;
    }

    /// <summary>Writes the digest to the first 32 bytes of the destination, which may overlap the data.</summary>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        Span<ulong> state = stackalloc ulong[KeccakF1600.Lanes];
        state.Clear();
        while (data.Length >= Rate)
        {
            Absorb(state, data);
            data = data.Slice(Rate);
        }

        Span<byte> last = stackalloc byte[Rate];
        last.Clear();
        data.CopyTo(last);
        last[data.Length] = 0x01;
        last[Rate - 1] |= 0x80;
        Absorb(state, last);

        for (var i = 0; i < Size / 8; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(destination.Slice(8 * i), state[i]);
    }

    private static void Absorb(Span<ulong> state, ReadOnlySpan<byte> block)
    {
        for (var i = 0; i < Rate / 8; i++)
            state[i] ^= BinaryPrimitives.ReadUInt64LittleEndian(block.Slice(8 * i));
        KeccakF1600.Permute(state);
    }
}
