using System;
using System.Collections.Generic;
using CsCheck;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.UnitTests.Ethereum;

public sealed class AddressTests
{
    /// <summary>The test cases of EIP-55.</summary>
    [Theory]
    [InlineData("0x52908400098527886E0F7030069857D2E4169EE7")]
    [InlineData("0x8617E340B3D01FA5F11F306F4090FD50E238070D")]
    [InlineData("0xde709f2102306220921060314715629080e2fb77")]
    [InlineData("0x27b1fdb04752bbc536007a920d24acb045561c26")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")]
    [InlineData("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB")]
    [InlineData("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb")]
    public void Writes_the_checksum_of_EIP_55(string text)
    {
        Assert.Equal(text, Address.Parse(text).ToString());
        Assert.Equal(text, Address.Parse(text.ToLowerInvariant()).ToString());
        Assert.Equal(text, Address.Parse("0x" + text[2..].ToUpperInvariant()).ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed0")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg")]
    public void Rejects_what_is_not_an_address(string? text)
    {
        Assert.False(Address.TryParse(text, out var value));
        Assert.True(value.IsZero);
        Assert.Throws<FormatException>(() => Address.Parse(text!));
    }

    [Fact]
    public void Rejects_every_other_mix_of_cases()
    {
        const string Right = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
        for (var i = 2; i < Right.Length; i++)
        {
            if (!char.IsAsciiLetter(Right[i]))
                continue;
            var flipped = Right.ToCharArray();
            flipped[i] = (char)(flipped[i] ^ 0x20);
            Assert.False(Address.TryParse(new string(flipped), out _));
        }
    }

    [Fact]
    public void One_letter_of_each_case_is_a_checksum_already()
    {
        foreach (var lower in new[] { 'a', 'f' })
        {
            foreach (var upper in new[] { 'A', 'F' })
            {
                var text = $"0x{lower}{upper}{new string('0', 38)}";
                Assert.Equal(text == Address.Parse(text.ToLowerInvariant()).ToString(), Address.TryParse(text, out _));
            }
        }
    }

    [Fact]
    public void Round_trips_every_address() => Gen.Byte.Array[20].Sample(bytes =>
    {
        var address = new Address(bytes);
        Assert.Equal(bytes, address.ToArray());
        Assert.Equal(address, Address.Parse(address.ToString()));
        Assert.Equal(address, Address.Parse(Hex.Encode(bytes)));
    });

    [Fact]
    public void Is_equal_only_when_every_byte_is()
    {
        var different = new HashSet<Address> { default };
        for (var i = 0; i < 20; i++)
        {
            var bytes = new byte[20];
            bytes[i] = 1;
            Assert.True(different.Add(new Address(bytes)));
            Assert.False(new Address(bytes).IsZero);
        }

        Assert.Equal(21, different.Count);
        Assert.Throws<ArgumentException>(() => new Address(new byte[32]));
    }
}
