#if !NET
using System;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;
using Org.BouncyCastle.Math.EC.Multiplier;
using Org.BouncyCastle.Utilities;

namespace IExec.Tasks.Crypto;

/// <summary>
/// The same as for PowerShell 7, with BouncyCastle: NBitcoin.Secp256k1 does not run on .NET Framework, where Nethereum's keys use a version of
/// BouncyCastle with advisories.
/// </summary>
/// <remarks>
/// While it signs, the key and the nonce are also <c>BigInteger</c>s, which cannot be wiped: they are locals of one call and stay until the garbage
/// collector runs. Timing: BouncyCastle computes the nonce's point and the nonce's inverse without branches or table addresses that depend on
/// secrets, but general <c>BigInteger</c> arithmetic, here one multiplication by the key and reductions modulo n, is not constant-time. That is
/// acceptable for a client that signs occasionally, not for a signing service.
/// </remarks>
internal static class Secp256k1
{
    public const int ScalarLength = 32;

    private static readonly X9ECParameters Parameters = CustomNamedCurves.GetByName("secp256k1");

    /// <summary>The larger half of the values of s is not accepted by Ethereum (EIP-2).</summary>
    private static readonly BigInteger HalfOrder = Parameters.N.ShiftRight(1);

    /// <summary>The order of the group, n.</summary>
    private static BigInteger Order => Parameters.N;

    public static byte[]? TryGetAddress(byte[] secret)
    {
        var d = FromBytes(secret);
        return IsScalar(d) ? PublicKeys.AddressOf(MultiplyGenerator(d).GetEncoded(compressed: false)) : null;
    }

    public static RecoverableSignature Sign(byte[] secret, byte[] digest)
    {
        var d = FromBytes(secret);
        var e = FromBytes(digest);
        var nonces = new HMacDsaKCalculator(new Sha256Digest());
        nonces.Init(Order, d, digest);

        while (true)
        {
            var k = nonces.NextK();
            var point = MultiplyGenerator(k);
            var r = point.AffineXCoord.ToBigInteger();
            var s = BigIntegers.ModOddInverse(Order, k).Multiply(e.Add(d.Multiply(r))).Mod(Order);

            // Neither ever happens by chance (2^-128). An x of n or more would need the recovery ids 2 and 3, which Ethereum does not know.
            if (!IsScalar(r) || s.SignValue == 0)
                continue;

            // -s belongs to -R, whose y has the other parity.
            var isFlipped = s.CompareTo(HalfOrder) > 0;
            var isOdd = point.AffineYCoord.TestBitZero();
            return new RecoverableSignature(ToBytes(r), ToBytes(isFlipped ? Order.Subtract(s) : s), isOdd ^ isFlipped ? 1 : 0);
        }
    }

    public static byte[]? TryRecoverAddress(byte[] digest, RecoverableSignature signature)
    {
        var r = FromBytes(signature.R);
        var s = FromBytes(signature.S);
        if (!IsScalar(r) || !IsScalar(s) || TryDecompress(signature) is not { } point)
            return null;

        // Q = (s R - e G) / r
        var inverse = r.ModInverse(Order);
        var e = FromBytes(digest);
        var publicKey = ECAlgorithms.SumOfTwoMultiplies(
            Parameters.G, e.Negate().Multiply(inverse).Mod(Order), point, s.Multiply(inverse).Mod(Order)).Normalize();
        return publicKey.IsInfinity ? null : PublicKeys.AddressOf(publicKey.GetEncoded(compressed: false));
    }

    private static ECPoint? TryDecompress(RecoverableSignature signature)
    {
        var encoded = new byte[1 + ScalarLength];
        encoded[0] = (byte)(2 + signature.RecoveryId);
        signature.R.CopyTo(encoded, 1);
        try
        {
            return Parameters.Curve.DecodePoint(encoded);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Multiplies the generator by a secret: a comb over all bits that reads its table without secret-dependent addresses.</summary>
    private static ECPoint MultiplyGenerator(BigInteger secret) => new FixedPointCombMultiplier().Multiply(Parameters.G, secret).Normalize();

    private static bool IsScalar(BigInteger value) => value.SignValue > 0 && value.CompareTo(Order) < 0;

    private static BigInteger FromBytes(byte[] bigEndian) => new(1, bigEndian);

    private static byte[] ToBytes(BigInteger scalar) => BigIntegers.AsUnsignedByteArray(ScalarLength, scalar);
}
#endif
