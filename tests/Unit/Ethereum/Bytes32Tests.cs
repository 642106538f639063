using System;
using System.Collections.Generic;
using System.Linq;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.UnitTests.Ethereum;

public sealed class Bytes32Tests
{
    private const string Text = "0x4246d0ddf4c4c728cedd850890ee9a6781a88e5d3c46098c0774af3b7963879b";

    [Fact]
    public void Reads_any_case_and_writes_lower_case()
    {
        Assert.Equal(Text, Bytes32.Parse(Text).ToString());
        Assert.Equal(Text, Bytes32.Parse(Text.ToUpperInvariant()).ToString());
        Assert.Equal(Bytes32.Parse(Text), new Bytes32(Convert.FromHexString(Text.AsSpan(2))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("4246d0ddf4c4c728cedd850890ee9a6781a88e5d3c46098c0774af3b7963879b")]
    [InlineData("0x4246d0ddf4c4c728cedd850890ee9a6781a88e5d3c46098c0774af3b7963879")]
    [InlineData("0x4246d0ddf4c4c728cedd850890ee9a6781a88e5d3c46098c0774af3b7963879b00")]
    [InlineData("0x4246d0ddf4c4c728cedd850890ee9a6781a88e5d3c46098c0774af3b7963879g")]
    [InlineData(" 0x4246d0ddf4c4c728cedd850890ee9a6781a88e5d3c46098c0774af3b7963879b")]
    public void Rejects_everything_else(string? text)
    {
        Assert.False(Bytes32.TryParse(text, out var value));
        Assert.True(value.IsZero);
        Assert.Throws<FormatException>(() => Bytes32.Parse(text!));
    }

    [Fact]
    public void Accepts_exactly_32_bytes()
    {
        Assert.Throws<ArgumentException>(() => new Bytes32(new byte[31]));
        Assert.Throws<ArgumentException>(() => new Bytes32(new byte[33]));
    }

    [Fact]
    public void Is_equal_only_when_every_byte_is()
    {
        var different = new HashSet<Bytes32> { default };
        for (var i = 0; i < 32; i++)
        {
            var bytes = new byte[32];
            bytes[i] = 1;
            var value = new Bytes32(bytes);
            Assert.False(value.IsZero);
            Assert.True(different.Add(value));
            Assert.False(different.Add(new Bytes32(bytes)));
            Assert.Equal(bytes, value.ToArray());
        }

        Assert.Equal(33, different.Count);
        Assert.True(default(Bytes32).IsZero);
        Assert.Equal("0x" + string.Concat(Enumerable.Repeat("00", 32)), default(Bytes32).ToString());
    }
}
