using System;
using System.Text;
using CsCheck;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.UnitTests.Ethereum;

public sealed class HexTests
{
    [Theory]
    [InlineData("0x", new byte[0])]
    [InlineData("0x00", new byte[] { 0 })]
    [InlineData("0xdeadBEEF", new byte[] { 0xDE, 0xAD, 0xBE, 0xEF })]
    [InlineData("0X0a", new byte[] { 10 })]
    public void Reads_digits_of_any_case(string text, byte[] expected)
    {
        Assert.Equal(expected, Hex.Decode(text));

        var destination = new byte[expected.Length];
        Assert.True(Hex.TryDecode(Encoding.UTF8.GetBytes(text), destination));
        Assert.Equal(expected, destination);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("00")]
    [InlineData("0x0")]
    [InlineData("0x000")]
    [InlineData("1x00")]
    [InlineData("0x0g")]
    [InlineData("0xg0")]
    [InlineData("0xgggg")]
    [InlineData("0x0gg0")]
    [InlineData("0x 0")]
    [InlineData("0x/0")]
    [InlineData("0x:0")]
    [InlineData("0x@0")]
    [InlineData("0x`0")]
    [InlineData("0x0\u0130")]
    [InlineData("0x\uFF11\uFF11")]
    public void Rejects_what_is_not_pairs_of_digits(string text)
    {
        Assert.Throws<FormatException>(() => Hex.Decode(text));
        var utf8 = Encoding.UTF8.GetBytes(text);
        Assert.False(Hex.TryDecode(utf8, new byte[Math.Max(0, (utf8.Length - 2) / 2)]));
    }

    [Fact]
    public void Rejects_a_number_of_bytes_other_than_asked_for()
    {
        Assert.False(Hex.TryDecode("0x0011".AsSpan(), new byte[1]));
        Assert.False(Hex.TryDecode("0x0011"u8, new byte[3]));
        Assert.False(Hex.TryDecode(ReadOnlySpan<char>.Empty, []));
        Assert.False(Hex.TryDecode(ReadOnlySpan<byte>.Empty, []));
    }

    [Fact]
    public void Round_trips_every_sequence_of_bytes() => Gen.Byte.Array[0, 300].Sample(bytes =>
    {
        var text = Hex.Encode(bytes);
        Assert.Equal("0x" + Convert.ToHexStringLower(bytes), text);
        Assert.Equal(bytes, Hex.Decode(text));
        Assert.Equal(bytes, Hex.Decode(text.ToUpperInvariant()));
    });

    [Fact]
    public void Accepts_exactly_the_digits_that_dotnet_accepts()
    {
        var pair = new char[] { '0', 'x', '0', '0' };
        for (var character = '\0'; character < '\u0200'; character++)
        {
            pair[3] = character;
            Assert.Equal(char.IsAsciiHexDigit(character), Hex.TryDecode(pair, new byte[1]));
        }
    }
}
