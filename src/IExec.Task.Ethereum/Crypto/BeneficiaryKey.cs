using System;
using IExec.Tasks.Crypto.Beneficiaries;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Encodings;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;

namespace IExec.Tasks.Crypto;

/// <summary>The RSA private key of a result's beneficiary, which unwraps the AES keys of encrypted results.</summary>
/// <remarks>
/// BouncyCastle keeps the key as <c>BigInteger</c>s, which cannot be wiped; <see cref="Dispose"/> only releases them. The key is in a file
/// anyway. Decryption is blinded, so its time reveals nothing about the key.
/// </remarks>
public sealed class BeneficiaryKey : IDisposable
{
    /// <summary>The PEM of an RSA-16384 key is about 13 KiB; this is the maximum length in bytes.</summary>
    public const int MaxPemLength = 64 * 1024;

    private const int MaxKeyFileLength = 4096;

    private RsaPrivateCrtKeyParameters? _key;

    private BeneficiaryKey(RsaPrivateCrtKeyParameters key)
    {
        _key = key;
        KeySize = key.Modulus.BitLength;
    }

    /// <summary>The length of the modulus in bits; the iExec command line makes keys of 4096.</summary>
    public int KeySize { get; }

    private int ModulusLength => (KeySize + 7) / 8;

    /// <summary>
    /// Reads a private key in PEM: PKCS#8 (<c>PRIVATE KEY</c>, as the iExec command line writes it), PKCS#1 (<c>RSA PRIVATE KEY</c>), and both of
    /// them encrypted (<c>ENCRYPTED PRIVATE KEY</c>; <c>Proc-Type: 4,ENCRYPTED</c>).
    /// </summary>
    /// <param name="pem">The file's content. The caller wipes it.</param>
    /// <param name="password">The password of an encrypted key, in UTF-8; null if there is none.</param>
    /// <exception cref="KeyFormatException">The file does not contain a readable RSA private key; the message says why.</exception>
    /// <exception cref="WrongPasswordException">The key is encrypted, and the password is missing or does not open it.</exception>
    public static BeneficiaryKey FromPem(byte[] pem, SecretBytes? password = null) => new(PemKeyReader.Read(pem, password));

    /// <summary>Unwraps the AES key of a result; PKCS#1 v1.5 in both forms that iExec's post-compute has written.</summary>
    /// <param name="keyFile">
    /// The content of <c>aes-key.rsa</c>: the RSA ciphertext of the key (a raw 32-byte key: AES-256-CBC), or, as older workers wrote it, the
    /// base64 text of the RSA ciphertext of the base64 text of the key (16 bytes: AES-128-ECB).
    /// </param>
    /// <returns>The key, whose length determines how the payload is encrypted.</returns>
    /// <exception cref="ResultDecryptionException">
    /// <see cref="ResultDecryptionFailure.WrongKey"/> or <see cref="ResultDecryptionFailure.Damaged"/>. A wrong RSA key gives a key of a
    /// valid length in about one of 2^24 cases only; then the payload's padding is wrong.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The key was disposed of.</exception>
    public ResultKey Unwrap(byte[] keyFile)
    {
        if (keyFile.Length == ModulusLength)
            return ToResultKey(Decipher(keyFile));

        var wrapped = keyFile.Length <= MaxKeyFileLength ? SecretBase64.TryDecodeText(keyFile) : null;
        if (wrapped is null)
            throw new ResultDecryptionException(ResultDecryptionFailure.Damaged, KeyFileMessage(keyFile.Length));
        if (wrapped.Length != ModulusLength)
            throw new ResultDecryptionException(ResultDecryptionFailure.WrongKey, KeyFileMessage(wrapped.Length));

        using var text = Decipher(wrapped);
        return ToResultKey(SecretBase64.TryDecode(text));
    }

    /// <summary>Releases the key.</summary>
    public void Dispose() => _key = null;

    private static ResultKey ToResultKey(SecretBytes? secret)
    {
        if (secret is { Length: ResultKey.CurrentLength or ResultKey.LegacyLength })
            return new ResultKey(secret);

        secret?.Dispose();
        throw WrongKey();
    }

    private static ResultDecryptionException WrongKey(Exception? cause = null) =>
        new(ResultDecryptionFailure.WrongKey, "The result was encrypted for another beneficiary key.", cause);

    private string KeyFileMessage(int length) =>
        $"The result's wrapped key has {length} bytes, but one for this beneficiary key of {KeySize} bits has {ModulusLength}.";

    private SecretBytes Decipher(byte[] wrapped)
    {
        var rsa = new Pkcs1Encoding(new RsaBlindedEngine());
        rsa.Init(forEncryption: false, _key ?? throw new ObjectDisposedException(nameof(BeneficiaryKey)));
        try
        {
            var plain = rsa.ProcessBlock(wrapped, 0, wrapped.Length);
            var secret = new SecretBytes(plain);
            Array.Clear(plain, 0, plain.Length);
            return secret;
        }
        catch (CryptoException exception)
        {
            throw WrongKey(exception);
        }
    }
}
