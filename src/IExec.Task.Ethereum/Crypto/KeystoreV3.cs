using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Crypto.Keystores;
using Nethereum.Util;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Utilities;

namespace IExec.Tasks.Crypto;

/// <summary>
/// Opens key files of the Web3 Secret Storage Definition, version 3, as geth and the iExec command line write them: a key encrypted with
/// AES-128-CTR under a password, through scrypt or PBKDF2.
/// </summary>
/// <remarks>
/// The password is tried unchanged, as geth does, and then in the Unicode form NFKC, as ethers does; for ASCII both are the same.
/// </remarks>
public static class KeystoreV3
{
    /// <summary>A key file is less than 1 KiB; this is the maximum length in bytes.</summary>
    public const int MaxFileLength = 64 * 1024;

    /// <summary>
    /// Opens a key file. Deriving the key from the password is slow by design, about a second for the usual parameters. It runs on a thread of
    /// the pool and takes up to 512 MiB of memory; files that ask for much more work than usual are refused.
    /// </summary>
    /// <param name="file">The file's content: JSON in UTF-8.</param>
    /// <param name="password">The password in UTF-8. It must not be disposed of before the task has ended.</param>
    /// <param name="cancellationToken">Ends the work within milliseconds.</param>
    /// <exception cref="KeyFormatException">The file cannot be used; the message says why.</exception>
    /// <exception cref="WrongPasswordException">The password does not open the file.</exception>
    public static Task<PrivateKey> OpenAsync(byte[] file, SecretBytes password, CancellationToken cancellationToken = default) =>
        OpenAsync(file, password, text => text.Normalize(NormalizationForm.FormKC), cancellationToken);

    /// <param name="file">As above.</param>
    /// <param name="password">As above.</param>
    /// <param name="normalize">Normalises a text to NFKC, which a runtime without globalization data cannot do.</param>
    /// <param name="cancellationToken">As above.</param>
    internal static Task<PrivateKey> OpenAsync(byte[] file, SecretBytes password, Func<string, string> normalize, CancellationToken cancellationToken) =>
        Task.Run(() => Open(KeystoreFile.Parse(file), password, normalize, cancellationToken), cancellationToken);

    private static PrivateKey Open(KeystoreFile file, SecretBytes password, Func<string, string> normalize, CancellationToken cancellationToken)
    {
        if (TryOpen(file, password, cancellationToken) is { } key)
            return key;

        using var normalized = password.Normalize(normalize);
        return (normalized is null ? null : TryOpen(file, normalized, cancellationToken)) ?? throw new WrongPasswordException("The password does not open the key file.");
    }

    /// <returns>Null when the password is wrong.</returns>
    private static PrivateKey? TryOpen(KeystoreFile file, SecretBytes password, CancellationToken cancellationToken)
    {
        using var derived = file.Derivation.Derive(password, cancellationToken);
        if (!Arrays.FixedTimeEquals(Mac(derived, file.CipherText), file.Mac))
            return null;

        using var secret = Decipher(file, derived);
        var key = PrivateKey.FromBytes(secret);
        if (file.Address is null || file.Address.AsSpan().SequenceEqual(key.Address))
            return key;

        key.Dispose();
        throw new KeyFormatException("The key in the key file does not belong to the address in the file.");
    }

    /// <summary>Keccak-256 over the second half of the derived key and the ciphertext.</summary>
    private static byte[] Mac(SecretBytes derived, byte[] cipherText)
    {
        using var input = new SecretBytes(16 + cipherText.Length);
        Buffer.BlockCopy(derived.Bytes, 16, input.Bytes, 0, 16);
        cipherText.CopyTo(input.Bytes, 16);
        return Sha3Keccack.Current.CalculateHash(input.Bytes);
    }

    /// <summary>AES-128-CTR under the first half of the derived key, the counter starting at the IV.</summary>
    private static SecretBytes Decipher(KeystoreFile file, SecretBytes derived)
    {
        var counter = new SicBlockCipher(AesUtilities.CreateEngine());
        counter.Init(forEncryption: false, new ParametersWithIV(new KeyParameter(derived.Bytes, 0, 16), file.InitializationVector));
        var secret = new SecretBytes(file.CipherText.Length);
        for (var offset = 0; offset < file.CipherText.Length; offset += counter.GetBlockSize())
            counter.ProcessBlock(file.CipherText, offset, secret.Bytes, offset);
        return secret;
    }
}
