using System;
using System.Linq;
using System.Numerics;
using System.Text;
using CsCheck;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.CoreTests.Ethereum;

public sealed class RlpTests
{
    private const string Lorem = "Lorem ipsum dolor sit amet, consectetur adipisicing elit";

    /// <summary>The examples of ethereum.org's page on RLP.</summary>
    [Theory]
    [InlineData("dog", "0x83646f67")]
    [InlineData("", "0x80")]
    [InlineData("\0", "0x00")]
    [InlineData("\u000f", "0x0f")]
    [InlineData(Lorem, "0xb8384c6f72656d20697073756d20646f6c6f722073697420616d65742c20636f6e7365637465747572206164697069736963696e6720656c6974")]
    public void Encodes_the_published_strings(string text, string encoded) => Assert.Equal(encoded, Hex.Encode(Rlp.Item(Encoding.UTF8.GetBytes(text))));

    [Theory]
    [InlineData(0, "0x80")]
    [InlineData(1, "0x01")]
    [InlineData(15, "0x0f")]
    [InlineData(127, "0x7f")]
    [InlineData(128, "0x8180")]
    [InlineData(1024, "0x820400")]
    [InlineData(long.MaxValue, "0x887fffffffffffffff")]
    public void Encodes_numbers_without_leading_zeros(long number, string encoded) => Assert.Equal(encoded, Hex.Encode(Rlp.Item(new BigInteger(number))));

    [Fact]
    public void Encodes_the_published_lists()
    {
        Assert.Equal("0xc0", Hex.Encode(Rlp.List()));
        Assert.Equal("0xc88363617483646f67", Hex.Encode(Rlp.List(Rlp.Item("cat"u8), Rlp.Item("dog"u8))));

        // The set-theoretic three: [ [], [[]], [ [], [[]] ] ].
        var two = Rlp.List(Rlp.List(), Rlp.List(Rlp.List()));
        Assert.Equal("0xc7c0c1c0c3c0c1c0", Hex.Encode(Rlp.List(Rlp.List(), Rlp.List(Rlp.List()), two)));
    }

    [Theory]
    [InlineData(55, 1)]
    [InlineData(56, 2)]
    [InlineData(255, 2)]
    [InlineData(256, 3)]
    [InlineData(65_535, 3)]
    [InlineData(65_536, 4)]
    [InlineData(16_777_215, 4)]
    [InlineData(16_777_216, 5)]
    public void Grows_the_prefix_with_the_length(int length, int prefix)
    {
        var item = Rlp.Item(new byte[length]);
        Assert.Equal(prefix + length, item.Length);
        Assert.Equal(length, new RlpReader(item).ReadBytes().Length);
    }

    [Fact]
    public void Refuses_numbers_that_no_chain_has()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Rlp.Item(BigInteger.MinusOne));
        Assert.Throws<ArgumentOutOfRangeException>(() => Rlp.Item(BigInteger.One << 256));
        Assert.Equal(33, Rlp.Item((BigInteger.One << 256) - 1).Length);
    }

    [Fact]
    public void Encodes_the_signed_legacy_transaction_of_an_independent_wallet()
    {
        var raw = VectorFile.Bytes("txLegacy134", "raw");
        var fields = new RlpReader(raw).ReadList();
        var nonce = fields.ReadNumber();
        var gasPrice = fields.ReadNumber();
        var gas = fields.ReadNumber();
        var to = new Address(fields.ReadBytes());
        var value = fields.ReadNumber();
        var data = fields.ReadBytes();
        var v = fields.ReadNumber();
        var r = fields.ReadNumber();
        var s = fields.ReadNumber();

        Assert.True(fields.IsAtEnd);
        Assert.Equal("0x3eca1B216A7DF1C7689aEb259fFB83ADFB894E7f", to.ToString());
        Assert.Equal(
            raw,
            Rlp.List(Rlp.Item(nonce), Rlp.Item(gasPrice), Rlp.Item(gas), Rlp.Item(to), Rlp.Item(value), Rlp.Item(data), Rlp.Item(v), Rlp.Item(r), Rlp.Item(s)));
        Assert.Equal(VectorFile.Text("txLegacy134", "hash"), Bytes32.Keccak(raw).ToString());
    }

    [Fact]
    public void Gives_back_every_list_of_strings() => Gen.Byte.Array[0, 80].Array[0, 20].Sample(items =>
    {
        var list = new RlpReader(Rlp.List([.. items.Select(item => Rlp.Item(item))])).ReadList();
        foreach (var item in items) Assert.Equal(item, list.ReadBytes());
        Assert.True(list.IsAtEnd);
    });
}
