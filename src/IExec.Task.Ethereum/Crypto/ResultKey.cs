using System;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Crypto.Beneficiaries;

namespace IExec.Tasks.Crypto;

/// <summary>The AES key of one encrypted result, from <see cref="BeneficiaryKey.Unwrap"/>. Its length decides how the payload is encrypted.</summary>
public sealed class ResultKey : IDisposable
{
    internal const int CurrentLength = 32;
    internal const int LegacyLength = 16;

    private readonly SecretBytes _secret;

    internal ResultKey(SecretBytes secret) => _secret = secret;

    /// <summary>
    /// Decrypts a payload, <c>iexec_out.zip.aes</c>, with 128 KiB of buffers whatever its length. With a key of 32 bytes the payload is a 16-byte
    /// IV and AES-256-CBC, with one of 16 bytes the base64 text of AES-128-ECB; PKCS#7 padding in both. Neither stream is closed.
    /// </summary>
    /// <param name="cipher">The payload.</param>
    /// <param name="plain">
    /// Receives the plaintext during decryption, all but the last block before the padding is checked: on any failure discard it.
    /// </param>
    /// <param name="cancellationToken">Ends the work between two buffers.</param>
    /// <exception cref="ResultDecryptionException">
    /// <see cref="ResultDecryptionFailure.Truncated"/> if the payload is not a whole number of blocks, at least one;
    /// <see cref="ResultDecryptionFailure.Damaged"/> if the base64 text or the padding is wrong. Damage elsewhere cannot be detected here, since
    /// there is no MAC: check that the plaintext is a zip file and that it holds what the workers agreed on.
    /// </exception>
    public async Task DecryptAsync(Stream cipher, Stream plain, CancellationToken cancellationToken = default)
    {
        using var aes = Aes.Create();
        aes.Padding = PaddingMode.None;
        aes.Key = _secret.Bytes;
        if (_secret.Length == CurrentLength)
        {
            aes.Mode = CipherMode.CBC;
            aes.IV = await BlockDecryptor.ReadInitializationVectorAsync(cipher, cancellationToken).ConfigureAwait(false);
            await BlockDecryptor.DecryptAsync(aes, cipher, plain, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            aes.Mode = CipherMode.ECB;
            await DecryptTextAsync(aes, cipher, plain, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Wipes the key.</summary>
    public void Dispose() => _secret.Dispose();

    private static async Task DecryptTextAsync(Aes aes, Stream cipher, Stream plain, CancellationToken cancellationToken)
    {
        // Not disposed of, since that would close the caller's stream.
        var decoded = new CryptoStream(cipher, new FromBase64Transform(FromBase64TransformMode.IgnoreWhiteSpaces), CryptoStreamMode.Read);
        try
        {
            await BlockDecryptor.DecryptAsync(aes, decoded, plain, cancellationToken).ConfigureAwait(false);
        }
        catch (FormatException exception)
        {
            throw new ResultDecryptionException(ResultDecryptionFailure.Damaged, "The encrypted result is damaged: it is not base64 text.", exception);
        }
    }
}
