using System;
using Org.BouncyCastle.Math.EC;

namespace IExec.Tasks.Crypto;

/// <summary>Finds out which account signed (SEC 1, 4.1.6), as Ethereum's <c>ecrecover</c> does.</summary>
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

        var r = Secp256k1.FromBytes(signature.R);
        var s = Secp256k1.FromBytes(signature.S);
        if (!Secp256k1.IsScalar(r) || !Secp256k1.IsScalar(s))
            throw new FormatException("The signature's numbers are out of range.");

        // Q = (s R - e G) / r
        var n = Secp256k1.Order;
        var inverse = r.ModInverse(n);
        var e = Secp256k1.FromBytes(digest);
        var publicKey = ECAlgorithms.SumOfTwoMultiplies(
            Secp256k1.Generator, e.Negate().Multiply(inverse).Mod(n), Decompress(signature), s.Multiply(inverse).Mod(n)).Normalize();
        return publicKey.IsInfinity ? throw new FormatException("No key can have made this signature.") : Secp256k1.AddressOf(publicKey);
    }

    private static ECPoint Decompress(RecoverableSignature signature)
    {
        var encoded = new byte[33];
        encoded[0] = (byte)(2 + signature.RecoveryId);
        signature.R.CopyTo(encoded, 1);
        try
        {
            return Secp256k1.Curve.DecodePoint(encoded);
        }
        catch (ArgumentException exception)
        {
            throw new FormatException("No key can have made this signature: r is not on the curve.", exception);
        }
    }
}
