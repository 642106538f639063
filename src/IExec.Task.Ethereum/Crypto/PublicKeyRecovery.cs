using System;

namespace IExec.Tasks.Crypto;

/// <summary>Recovers the signing account (SEC 1, 4.1.6), as Ethereum's <c>ecrecover</c> does.</summary>
public static class PublicKeyRecovery
{
    /// <summary>Recovers the address of the account that signed.</summary>
    /// <param name="digest">The 32 bytes that were signed.</param>
    /// <param name="signature">The signature. Both the smaller and the larger s are accepted.</param>
    /// <returns>20 bytes.</returns>
    /// <exception cref="ArgumentException">The digest is not 32 bytes.</exception>
    /// <exception cref="FormatException">No key can have made this signature.</exception>
    public static byte[] RecoverAddress(byte[] digest, RecoverableSignature signature)
    {
        if (digest.Length != 32)
            throw new ArgumentException("Only digests of 32 bytes are signed.", nameof(digest));

        return Secp256k1.TryRecoverAddress(digest, signature)
            ?? throw new FormatException("No key can have made this signature: its numbers are out of range or give no point on the curve.");
    }
}
