using System;
using System.Security.Cryptography;

namespace IExec.Tasks.Crypto;

/// <summary>
/// The private key of an Ethereum account. The key is kept in a <see cref="SecretBytes"/> and wiped with it; for each signature it is converted
/// to a number again.
/// </summary>
public sealed class PrivateKey : IDisposable
{
    private const int HexDigits = 2 * Secp256k1.ScalarLength;

    private readonly SecretBytes _secret;
    private readonly byte[] _address;

    private PrivateKey(SecretBytes secret)
    {
        if (Secp256k1.TryGetAddress(secret.Bytes) is not { } address)
        {
            secret.Dispose();
            throw new KeyFormatException("The private key is zero or not below the order of secp256k1.");
        }

        _secret = secret;
        _address = address;
    }

    /// <summary>The account's address: 20 bytes, a fresh copy.</summary>
    public byte[] Address => (byte[])_address.Clone();

    /// <summary>Takes the key as 32 bytes, big-endian. They are copied.</summary>
    /// <param name="secret">The 32 bytes.</param>
    /// <exception cref="KeyFormatException">Not 32 bytes, zero, or not below the curve's order.</exception>
    public static PrivateKey FromBytes(SecretBytes secret)
    {
        if (secret.Length != Secp256k1.ScalarLength)
            throw new KeyFormatException("A private key is 32 bytes.");

        return new PrivateKey(secret.Copy());
    }

    /// <summary>Takes the key as 64 hexadecimal digits, with or without <c>0x</c>. They are copied.</summary>
    /// <param name="digits">The digits as ASCII or UTF-8 text.</param>
    /// <exception cref="KeyFormatException">Not 64 digits, zero, or not below the curve's order.</exception>
    public static PrivateKey FromHex(SecretBytes digits)
    {
        var text = digits.Bytes;
        var start = text.Length == HexDigits + 2 && text[0] == '0' && text[1] is (byte)'x' or (byte)'X' ? 2 : 0;
        if (text.Length - start != HexDigits)
            throw new KeyFormatException("A private key is 64 hexadecimal digits, with or without 0x.");

        var secret = new SecretBytes(Secp256k1.ScalarLength);
        for (var i = 0; i < Secp256k1.ScalarLength; i++)
        {
            var value = (HexValue(text[start + (2 * i)]) << 4) | HexValue(text[start + (2 * i) + 1]);
            if (value < 0)
            {
                secret.Dispose();
                throw new KeyFormatException("A private key is 64 hexadecimal digits, with or without 0x.");
            }

            secret.Bytes[i] = (byte)value;
        }

        return new PrivateKey(secret);
    }

    /// <summary>
    /// Signs a digest: deterministic (RFC 6979 with HMAC-SHA-256), with the smaller s that Ethereum asks for (EIP-2). The signature is verified
    /// against the account before it is returned, so that neither a fault nor a key wiped by another thread results in a wrong one.
    /// </summary>
    /// <param name="digest">32 bytes; what they are the digest of is the caller's responsibility.</param>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    /// <exception cref="ObjectDisposedException">The key is wiped.</exception>
    public RecoverableSignature Sign(byte[] digest)
    {
        if (digest.Length != 32)
            throw new ArgumentException("Only digests of 32 bytes are signed.", nameof(digest));

        var signature = Secp256k1.Sign(_secret.Bytes, digest);
        if (!PublicKeyRecovery.RecoverAddress(digest, signature).AsSpan().SequenceEqual(_address))
            throw new CryptographicException("The signature does not belong to the account. Nothing was signed.");

        return signature;
    }

    /// <summary>Wipes the key.</summary>
    public void Dispose() => _secret.Dispose();

    private static int HexValue(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };
}
