using System;
using System.Buffers.Binary;
using System.Threading;

namespace IExec.Tasks.Crypto.Keystores;

/// <summary>
/// scrypt (RFC 7914). BouncyCastle's cannot be interrupted and refuses r = 1 with n of 65536 and more, which key files use: the definition's
/// own test vector does.
/// </summary>
internal static class Scrypt
{
    private const int StepsBetweenChecks = 1024;

    /// <summary>Derives a key; takes 128 n r bytes of memory while it runs.</summary>
    /// <param name="password">The password in UTF-8.</param>
    /// <param name="salt">The salt.</param>
    /// <param name="n">The cost, a power of two.</param>
    /// <param name="r">The block size in units of 128 bytes.</param>
    /// <param name="p">How many blocks are mixed, one after the other.</param>
    /// <param name="length">The length of the derived key in bytes.</param>
    /// <param name="cancellationToken">Checked at least about a thousand times a second.</param>
    public static SecretBytes Derive(SecretBytes password, byte[] salt, int n, int r, int p, int length, CancellationToken cancellationToken)
    {
        var blockLength = 128 * r;
        using var blocks = Pbkdf2.Derive(password, salt, 1, p * blockLength, cancellationToken);
        var memory = new uint[n * (blockLength / sizeof(uint))];
        try
        {
            for (var i = 0; i < p; i++)
                Mix(blocks.Bytes.AsSpan(i * blockLength, blockLength), memory, n, cancellationToken);
        }
        finally
        {
            Array.Clear(memory, 0, memory.Length);
        }

        return Pbkdf2.Derive(password, blocks.Bytes, 1, length, cancellationToken);
    }

    /// <summary>scryptROMix.</summary>
    private static void Mix(Span<byte> bytes, uint[] memory, int n, CancellationToken cancellationToken)
    {
        var words = bytes.Length / sizeof(uint);
        var block = new uint[words];
        var next = new uint[words];
        for (var i = 0; i < words; i++)
            block[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(i * sizeof(uint)));

        for (var step = 0; step < 2 * n; step++)
        {
            if (step % StepsBetweenChecks == 0)
                cancellationToken.ThrowIfCancellationRequested();

            if (step < n)
                block.CopyTo(memory, step * words);
            else
                Xor(block, memory.AsSpan((int)(block[words - Salsa20.BlockWords] & (uint)(n - 1)) * words, words));

            MixBlock(block, next);
            (block, next) = (next, block);
        }

        for (var i = 0; i < words; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.Slice(i * sizeof(uint)), block[i]);

        Array.Clear(block, 0, words);
        Array.Clear(next, 0, words);
    }

    /// <summary>scryptBlockMix: the even blocks go to the first half, the odd ones to the second.</summary>
    private static void MixBlock(ReadOnlySpan<uint> block, Span<uint> next)
    {
        Span<uint> x = stackalloc uint[Salsa20.BlockWords];
        block.Slice(block.Length - Salsa20.BlockWords).CopyTo(x);
        var half = next.Length / 2;
        for (var offset = 0; offset < block.Length; offset += 2 * Salsa20.BlockWords)
        {
            Xor(x, block.Slice(offset, Salsa20.BlockWords));
            Salsa20.Core8(x);
            x.CopyTo(next.Slice(offset / 2));

            Xor(x, block.Slice(offset + Salsa20.BlockWords, Salsa20.BlockWords));
            Salsa20.Core8(x);
            x.CopyTo(next.Slice(half + (offset / 2)));
        }
    }

    private static void Xor(Span<uint> target, ReadOnlySpan<uint> source)
    {
        for (var i = 0; i < target.Length; i++)
            target[i] ^= source[i];
    }
}
