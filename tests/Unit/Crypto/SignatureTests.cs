using System;
using System.Collections.Generic;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using IExec.Tasks.Crypto;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.UnitTests.Crypto;

public sealed class SignatureTests
{
    private static readonly BigInteger Order =
        BigInteger.Parse("0fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static readonly Gen<byte[]> Bytes32Gen = Gen.Byte.Array[32];

    /// <summary>
    /// The vectors of RFC 6979 on secp256k1 with SHA-256 that wallets share (bitcointalk.org, topic 285142, post 3150733; also in the tests of
    /// trezor-crypto and CoreBitcoin): key, message, r ‖ s with the smaller s.
    /// </summary>
    public static TheoryData<string, string, string> Rfc6979 => new()
    {
        {
            "0000000000000000000000000000000000000000000000000000000000000001", "Satoshi Nakamoto",
            "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d82442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5"
        },
        {
            "0000000000000000000000000000000000000000000000000000000000000001",
            "All those moments will be lost in time, like tears in rain. Time to die...",
            "8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438cb6b547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72cfc21"
        },
        {
            "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140", "Satoshi Nakamoto",
            "fd567d121db66e382991534ada77a6bd3106f0a1098c231e47993447cd6af2d06b39cd0eb1bc8603e159ef5c20a5c8ad685a45b06ce9bebed3f153d10d93bed5"
        },
        {
            "f8b8af8ce3c7cca5e300d33939540c10d45ce001b8f252bfbc57ba0342904181", "Alan Turing",
            "7063ae83e7f62bbb171798131b4a0564b956930092b33b07b395615d9ec7e15c58dfcc1e00a35e1572f366ffe34ba0fc47db1e7189759b9fb233c5b05ab388ea"
        },
        {
            "e91671c46231f833a6406ccbea0e3e392c76c167bac1cb013f6f1013980455c2",
            "There is a computer disease that anybody who works with computers knows about. It's a very serious disease and it interferes "
            + "completely with the work. The trouble with computers is that you 'play' with them!",
            "b552edd27580141f3b2a5463048cb7cd3e047b97c9f98076c32dbdf85a68718b279fa72dd19bfae05577e06c7c0c1900c371fcd5893f7e1d56a37d30174671f6"
        },
    };

    [Theory]
    [MemberData(nameof(Rfc6979))]
    public void Signatures_are_those_of_RFC_6979(string key, string message, string signature)
    {
        using var privateKey = Secrets.Key(key);
        var signed = privateKey.Sign(SHA256.HashData(Encoding.UTF8.GetBytes(message)));
        Assert.Equal(signature, Convert.ToHexStringLower(signed.R) + Convert.ToHexStringLower(signed.S));
    }

    [Theory]
    [InlineData("134")]
    [InlineData("42161")]
    [InlineData("421614")]
    public void Log_challenges_are_signed_as_the_workerpools_expect(string chainId)
    {
        using var key = Secrets.Key(VectorFile.Text("challenge", chainId, "privateKey"));
        var digest = VectorFile.Bytes("challenge", chainId, "digest");

        var signature = key.Sign(digest);

        Assert.Equal(VectorFile.Text("challenge", chainId, "signature"), Hex.Encode(signature.ToBytes()));
        Assert.Equal(VectorFile.Text("challenge", chainId, "address"), new Address(PublicKeyRecovery.RecoverAddress(digest, signature)).ToString());
    }

    /// <summary>The signed transactions end with y parity (or v), r and s, each after its length byte of RLP.</summary>
    [Theory]
    [InlineData("tx1559")]
    [InlineData("txLegacy134")]
    public void Transactions_are_signed_as_wallets_do(string name)
    {
        using var key = Secrets.Key(VectorFile.Text("challenge", "134", "privateKey"));

        var signature = key.Sign(VectorFile.Bytes(name, "unsignedHash"));

        // The legacy one has a v of 2 * 134 + 35 + recovery id, in two bytes.
        var v = name is "tx1559" ? (signature.RecoveryId == 1 ? "01" : "80") : $"82{(2 * 134) + 35 + signature.RecoveryId:x4}";
        Assert.EndsWith(v + RlpNumber(signature.R) + RlpNumber(signature.S), VectorFile.Text(name, "raw"));
    }

    [Fact]
    public void The_account_is_recovered_from_a_signature_with_the_smaller_s() =>
        Gen.Select(Bytes32Gen, Bytes32Gen).Where((key, _) => IsScalar(Number(key))).Sample(
            (secret, digest) =>
            {
                using var bytes = new SecretBytes(secret);
                using var key = PrivateKey.FromBytes(bytes);

                var signature = key.Sign(digest);

                Assert.Equal(key.Address, PublicKeyRecovery.RecoverAddress(digest, signature));
                Assert.True(IsScalar(Number(signature.R)));
                Assert.True(IsScalar(Number(signature.S)) && Number(signature.S) <= Order / 2);
                Assert.Equal(signature.ToBytes(), key.Sign(digest).ToBytes());
            },
            iter: 300);

    [Fact]
    public void The_account_is_recovered_from_both_values_of_s()
    {
        using var key = Secrets.Key(VectorFile.Text("challenge", "134", "privateKey"));
        var digest = VectorFile.Bytes("challenge", "134", "digest");
        var signature = key.Sign(digest);

        var other = new RecoverableSignature(signature.R, Bytes(Order - Number(signature.S)), 1 - signature.RecoveryId);

        Assert.Equal(key.Address, PublicKeyRecovery.RecoverAddress(digest, other));
    }

    [Fact]
    public void Another_digest_gives_another_account()
    {
        using var key = Secrets.Key(VectorFile.Text("challenge", "134", "privateKey"));
        Bytes32Gen.Where(digest => digest[0] != 0).Sample(
            digest => Assert.NotEqual(key.Address, PublicKeyRecovery.RecoverAddress(new byte[32], key.Sign(digest))), iter: 50);
    }

    [Fact]
    public void Signatures_out_of_range_or_off_the_curve_are_refused()
    {
        var one = Bytes(BigInteger.One);
        foreach (var (r, s) in new List<(byte[], byte[])>
        {
            (new byte[32], one), (one, new byte[32]), (Bytes(Order), one), (one, Bytes(Order)),
            (Bytes(5), one), // no point has x = 5
        })
            Assert.Throws<FormatException>(() => PublicKeyRecovery.RecoverAddress(new byte[32], new RecoverableSignature(r, s, 0)));

        // s R = e G: the sum is the point at infinity
        using var key = Secrets.Key(new string('0', 63) + "1");
        var generatorX = Convert.FromHexString("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
        Assert.Throws<FormatException>(() => PublicKeyRecovery.RecoverAddress(one, new RecoverableSignature(generatorX, one, 0)));
    }

    [Fact]
    public void Round_trips_through_bytes()
    {
        using var key = Secrets.Key(VectorFile.Text("challenge", "134", "privateKey"));
        var signature = key.Sign(new byte[32]);

        Assert.Equal(signature.ToBytes(), RecoverableSignature.FromBytes(signature.ToBytes()).ToBytes());
        var modern = signature.ToBytes();
        modern[64] -= 27;
        Assert.Equal(signature.ToBytes(), RecoverableSignature.FromBytes(modern).ToBytes());
    }

    [Theory]
    [InlineData(64, 27)]
    [InlineData(66, 27)]
    [InlineData(65, 2)]
    [InlineData(65, 26)]
    [InlineData(65, 29)]
    public void Other_bytes_are_not_a_signature(int length, byte v)
    {
        var bytes = new byte[length];
        bytes[Math.Min(64, length - 1)] = v;
        Assert.Throws<FormatException>(() => RecoverableSignature.FromBytes(bytes));
    }

    private static bool IsScalar(BigInteger value) => value > 0 && value < Order;

    private static BigInteger Number(byte[] bigEndian) => new(bigEndian, isUnsigned: true, isBigEndian: true);

    private static byte[] Bytes(BigInteger value)
    {
        var bytes = new byte[32];
        var digits = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        digits.CopyTo(bytes, 32 - digits.Length);
        return bytes;
    }

    private static string RlpNumber(byte[] number)
    {
        var digits = Convert.ToHexStringLower(Number(number).ToByteArray(isUnsigned: true, isBigEndian: true));
        return (0x80 + (digits.Length / 2)).ToString("x2", CultureInfo.InvariantCulture) + digits;
    }
}
