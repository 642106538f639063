#if NET
using System;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using NBitcoin.Secp256k1;

namespace IExec.Tasks.Crypto;

/// <summary>
/// The curve of Ethereum's accounts (SEC 2, 2.4.1), with the library that Nethereum uses. It is used directly, because its keys can be cleared
/// and Nethereum's cannot: each call creates a key from the bytes and clears it before it returns. The library passes the key's number by
/// value, which leaves copies on the stack; they are overwritten as well.
/// </summary>
internal static class Secp256k1
{
    public const int ScalarLength = 32;

    /// <summary>More than the library's calls use of the stack.</summary>
    private const int UsedStackLength = 32 * 1024;

    /// <summary>
    /// The library's tables take much memory. They are created and used once before any key: otherwise a garbage collection during their creation
    /// could move a key, and leave a copy behind.
    /// </summary>
    private static readonly Context Curve = MakeReady();

    /// <summary>The address of a private key; null when the key is zero or not below the order of the group.</summary>
    /// <param name="secret">32 bytes, big-endian.</param>
    public static byte[]? TryGetAddress(byte[] secret)
    {
        try
        {
            return ComputeAddress(secret);
        }
        finally
        {
            ClearUsedStack();
        }
    }

    /// <summary>Signs deterministically (RFC 6979 with HMAC-SHA-256), with the smaller s.</summary>
    /// <param name="secret">32 bytes that <see cref="TryGetAddress"/> took.</param>
    /// <param name="digest">32 bytes.</param>
    public static RecoverableSignature Sign(byte[] secret, byte[] digest)
    {
        try
        {
            return ComputeSignature(secret, digest);
        }
        finally
        {
            ClearUsedStack();
        }
    }

    /// <summary>The address of the key that made the signature; null when no key can have made it.</summary>
    public static byte[]? TryRecoverAddress(byte[] digest, RecoverableSignature signature)
    {
        Span<byte> numbers = stackalloc byte[2 * ScalarLength];
        signature.R.CopyTo(numbers);
        signature.S.CopyTo(numbers[ScalarLength..]);
        return SecpRecoverableECDSASignature.TryCreateFromCompact(numbers, signature.RecoveryId, out var recoverable)
            && ECPubKey.TryRecover(Curve, recoverable, digest, out var publicKey)
            ? PublicKeys.AddressOf(publicKey.ToBytes(compressed: false))
            : null;
    }

    // Methods that use the key are not inlined, so that ClearUsedStack overwrites the same part of the stack afterwards.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte[]? ComputeAddress(byte[] secret)
    {
        if (!Curve.TryCreateECPrivKey(secret, out var key))
            return null;

        using (key)
            return PublicKeys.AddressOf(key.CreatePubKey().ToBytes(compressed: false));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static RecoverableSignature ComputeSignature(byte[] secret, byte[] digest)
    {
        using var key = Curve.CreateECPrivKey(secret);
        if (!key.TrySignRecoverable(digest, out var signature))
            throw new CryptographicException("The digest cannot be signed with this key.");

        Span<byte> numbers = stackalloc byte[2 * ScalarLength];
        signature!.WriteToSpanCompact(numbers, out var recoveryId);
        return new RecoverableSignature(numbers[..ScalarLength].ToArray(), numbers[ScalarLength..].ToArray(), recoveryId);
    }

    private static Context MakeReady()
    {
        var (curve, anyDigest) = (Context.Instance, new byte[ScalarLength]);
        using var one = curve.CreateECPrivKey(Scalar.One);
        one.CreatePubKey();
        one.TrySignRecoverable(anyDigest, out _);
        return curve;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ClearUsedStack()
    {
        Span<byte> used = stackalloc byte[UsedStackLength];
        CryptographicOperations.ZeroMemory(used);
    }
}
#endif
