using System;
using System.Globalization;
using System.Numerics;
using CsCheck;
using IExec.Tasks.Crypto;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.UnitTests.Ethereum;

public sealed class UnsignedTransactionTests
{
    private const long Gwei = 1_000_000_000;
    private static readonly byte[] ClaimData = Hex.Decode("0xbd66528a" + VectorFile.TaskId(0)[2..]);

    /// <summary>The example of EIP-155, from the fields to the signed bytes.</summary>
    [Fact]
    public void Signs_the_example_of_EIP_155()
    {
        var transaction = new UnsignedTransaction(
            1, 9, TransactionFee.Legacy(20 * Gwei), 21_000, Address.Parse("0x" + string.Concat(System.Linq.Enumerable.Repeat("35", 20))), BigInteger.Pow(10, 18), Array.Empty<byte>());
        using var key = PrivateKey.FromHex(new SecretBytes(System.Text.Encoding.ASCII.GetBytes(string.Concat(System.Linq.Enumerable.Repeat("46", 32)))));

        Assert.Equal("0xec098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a764000080018080", Hex.Encode(transaction.SigningPayload()));
        Assert.Equal("0xdaf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53", transaction.SigningHash().ToString());
        Assert.Equal(
            "0xf86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a76400008025a028ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276a067cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83",
            Hex.Encode(transaction.With(key.Sign(transaction.SigningHash().ToArray())).Raw));
    }

    [Fact]
    public void Makes_the_fee_market_claim_that_ethers_makes() => AssertVector(
        "tx1559",
        new UnsignedTransaction(421614, 7, new TransactionFee(200_000_000, 0), 90_000, Address.Parse("0xB2157BF2fAb286b2A4170E3491Ac39770111Da3E"), 0, ClaimData),
        "75c6aa7533945f5d1f93f51beefd0e7b3e40d1ddfbc67597ae03d6f6e774766b",
        "084bbb485c7a9756d869e4449d2425be62fc42279da40399a867ea33ab193a28",
        recoveryId: 1);

    [Fact]
    public void Makes_the_legacy_claim_that_ethers_makes() => AssertVector(
        "txLegacy134",
        new UnsignedTransaction(134, 7, TransactionFee.Legacy(0), 90_000, Address.Parse("0x3eca1B216A7DF1C7689aEb259fFB83ADFB894E7f"), 0, ClaimData),
        "edf7585d255e828645f029881ced1468c3ca846b9c840a91548d8bf134cad213",
        "281fb036c4cc1a664a7f5769ee7bbe8610788f563b3834eaa0fce9b26d9bbed4",
        recoveryId: 0);

    [Fact]
    public void Every_transaction_is_canonical_RLP_that_holds_its_fields() => Gen.Select(Gen.Long[1, long.MaxValue], Gen.ULong, Gen.ULong, Gen.ULong, Gen.Byte.Array[0, 400], Gen.Bool).Sample(
        (chainId, nonce, fee, gas, data, isLegacy) =>
        {
            var transaction = new UnsignedTransaction(
                chainId, nonce, isLegacy ? TransactionFee.Legacy(fee) : new TransactionFee(fee, fee / 2), gas, default, 0, data);
            var raw = transaction.With(new RecoverableSignature(new byte[32], new byte[32], 1)).Raw;

            var fields = new RlpReader(isLegacy ? raw : raw.AsSpan(1)).ReadList();
            if (!isLegacy)
            {
                Assert.Equal(2, raw[0]);
                Assert.Equal(chainId, fields.ReadNumber());
            }

            Assert.Equal(nonce, fields.ReadNumber());
            if (!isLegacy)
                Assert.Equal(fee / 2, fields.ReadNumber());
            Assert.Equal(fee, fields.ReadNumber());
            Assert.Equal(gas, fields.ReadNumber());
            Assert.Equal(new byte[20], fields.ReadBytes());
            Assert.Equal(0, fields.ReadNumber());
            Assert.Equal(data, fields.ReadBytes());
            if (!isLegacy)
                Assert.True(fields.ReadList().IsAtEnd);
            Assert.Equal(isLegacy ? (2 * (BigInteger)chainId) + 36 : 1, fields.ReadNumber());
            Assert.Equal(0, fields.ReadNumber());
            Assert.Equal(0, fields.ReadNumber());
            Assert.True(fields.IsAtEnd);
        });

    [Fact]
    public void Rejects_numbers_out_of_range()
    {
        var transaction = new UnsignedTransaction(1, 0, new TransactionFee(0, 0), 0, default, 0, Array.Empty<byte>());

        Assert.Throws<ArgumentOutOfRangeException>(() => (transaction with { Nonce = BigInteger.MinusOne }).SigningPayload());
        Assert.Throws<ArgumentOutOfRangeException>(() => (transaction with { Value = BigInteger.One << 256 }).SigningPayload());
        Assert.Throws<ArgumentOutOfRangeException>(() => (transaction with { Fee = new TransactionFee(0, BigInteger.MinusOne) }).SigningPayload());
        Assert.NotEmpty((transaction with { Value = (BigInteger.One << 256) - 1 }).SigningPayload());
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("1", "0.000000001")]
    [InlineData("1500000000", "1.5")]
    [InlineData("123000000000000000000000000000001", "123000000000000000000000.000000001")]
    public void Fees_are_shown_in_gwei_with_all_their_digits(string wei, string gwei) =>
        Assert.Equal(gwei, TransactionFee.Gwei(BigInteger.Parse(wei, CultureInfo.InvariantCulture)));

    private static void AssertVector(string name, UnsignedTransaction transaction, string r, string s, int recoveryId)
    {
        var signed = transaction.With(new RecoverableSignature(Convert.FromHexString(r), Convert.FromHexString(s), recoveryId));

        Assert.Equal(VectorFile.Text(name, "unsignedHash"), transaction.SigningHash().ToString());
        Assert.Equal(VectorFile.Text(name, "raw"), Hex.Encode(signed.Raw));
        Assert.Equal(VectorFile.Text(name, "hash"), signed.Hash.ToString());
    }
}
