using System;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Math.EC.Multiplier;
using Org.BouncyCastle.Utilities;

namespace IExec.Tasks.Crypto;

/// <summary>The curve of Ethereum's accounts (SEC 2, 2.4.1).</summary>
internal static class Secp256k1
{
    public const int ScalarLength = 32;

    private static readonly X9ECParameters Parameters = CustomNamedCurves.GetByName("secp256k1");

    public static ECCurve Curve => Parameters.Curve;

    public static ECPoint Generator => Parameters.G;

    /// <summary>The order of the group, n.</summary>
    public static BigInteger Order => Parameters.N;

    /// <summary>The larger half of the values of s is not accepted by Ethereum (EIP-2).</summary>
    public static BigInteger HalfOrder { get; } = Parameters.N.ShiftRight(1);

    /// <summary>Multiplies the generator by a secret: a comb over all bits that reads its table without secret-dependent addresses.</summary>
    public static ECPoint MultiplyGenerator(BigInteger secret) => new FixedPointCombMultiplier().Multiply(Generator, secret).Normalize();

    public static bool IsScalar(BigInteger value) => value.SignValue > 0 && value.CompareTo(Order) < 0;

    public static BigInteger FromBytes(byte[] bigEndian) => new(1, bigEndian);

    public static byte[] ToBytes(BigInteger scalar) => BigIntegers.AsUnsignedByteArray(ScalarLength, scalar);

    /// <summary>The last 20 bytes of the Keccak-256 of x ‖ y.</summary>
    public static byte[] AddressOf(ECPoint publicKey)
    {
        var encoded = publicKey.GetEncoded(compressed: false);
        var hash = Keccak256.Hash(encoded, 1, encoded.Length - 1);
        var address = new byte[20];
        Buffer.BlockCopy(hash, 12, address, 0, address.Length);
        return address;
    }
}
