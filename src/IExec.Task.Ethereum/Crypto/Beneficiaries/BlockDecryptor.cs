using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Crypto.Beneficiaries;

/// <summary>Decrypts AES blocks from stream to stream, and checks the padding strictly, which the platform's streams do only on the last read.</summary>
internal static class BlockDecryptor
{
    private const int BlockLength = 16;
    private const int BufferLength = 64 * 1024;

    public static async Task<byte[]> ReadInitializationVectorAsync(Stream cipher, CancellationToken cancellationToken)
    {
        var vector = new byte[BlockLength];
        var length = await FillAsync(cipher, vector, cancellationToken).ConfigureAwait(false);
        return length == BlockLength ? vector : throw Truncated();
    }

    /// <param name="aes">Set up with mode, key, IV and no padding.</param>
    /// <param name="cipher">Whole blocks, at least one.</param>
    /// <param name="plain">Receives the plaintext without the padding.</param>
    /// <param name="cancellationToken">Checked with each buffer.</param>
    public static async Task DecryptAsync(Aes aes, Stream cipher, Stream plain, CancellationToken cancellationToken)
    {
        using var decryptor = aes.CreateDecryptor();
        var input = new byte[BufferLength];

        // The last block is held back, since it may be the one with the padding.
        var output = new byte[BlockLength + BufferLength];
        var held = 0;
        while (await FillAsync(cipher, input, cancellationToken).ConfigureAwait(false) is var length and > 0)
        {
            if (length % BlockLength != 0)
                throw Truncated();

            decryptor.TransformBlock(input, 0, length, output, held);
            var ready = held + length - BlockLength;
            await plain.WriteAsync(output, 0, ready, cancellationToken).ConfigureAwait(false);
            Buffer.BlockCopy(output, ready, output, 0, BlockLength);
            held = BlockLength;
        }

        if (held == 0)
            throw Truncated();

        await plain.WriteAsync(output, 0, BlockLength - PaddingLength(output), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>PKCS#7: one to sixteen bytes, each of which says how many they are.</summary>
    private static int PaddingLength(byte[] lastBlock)
    {
        var padding = lastBlock[BlockLength - 1];
        if (padding is < 1 or > BlockLength || lastBlock.Skip(BlockLength - padding).Take(padding).Any(value => value != padding))
        {
            throw new ResultDecryptionException(
                ResultDecryptionFailure.Damaged, "The encrypted result is damaged or cut off, or was encrypted with another key: its padding is wrong.");
        }

        return padding;
    }

    /// <summary>Reads until the buffer is full or the stream ends.</summary>
    private static async Task<int> FillAsync(Stream stream, byte[] buffer, CancellationToken cancellationToken)
    {
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await stream.ReadAsync(buffer, length, buffer.Length - length, cancellationToken).ConfigureAwait(false);
            if (read == 0)
                break;

            length += read;
        }

        return length;
    }

    private static ResultDecryptionException Truncated() =>
        new(ResultDecryptionFailure.Truncated, "The encrypted result is cut off: it is not a whole number of AES blocks.");
}
