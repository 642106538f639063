using System;
using System.Linq;
using System.Reflection;
using IExec.Tasks.Crypto;

namespace IExec.Tasks.UnitTests.Crypto;

public sealed class PrivateKeyTests
{
    /// <summary>The first account of every development chain (mnemonic "test test … junk").</summary>
    private const string FirstKey = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
    private const string FirstAddress = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

    private const string Order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";

    [Theory]
    [InlineData(FirstKey)]
    [InlineData("0x" + FirstKey)]
    [InlineData("0XAC0974BEC39A17E36BA4A6B4D238FF944BACB478CBED5EFCAE784D7BF4F2FF80")]
    public void Accepts_hexadecimal_digits_with_or_without_0x(string digits)
    {
        using var key = Secrets.Key(digits);
        Assert.Equal(FirstAddress, Secrets.AddressText(key));
    }

    [Fact]
    public void Accepts_raw_bytes()
    {
        using var secret = new SecretBytes(Convert.FromHexString(FirstKey));
        using var key = PrivateKey.FromBytes(secret);
        Assert.Equal(FirstAddress, Secrets.AddressText(key));
    }

    [Fact]
    public void The_key_one_has_the_generators_address()
    {
        using var key = Secrets.Key(new string('0', 63) + "1");
        Assert.Equal("0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf", Secrets.AddressText(key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff8")]
    [InlineData("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff800")]
    [InlineData("1xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80")]
    [InlineData("gc0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80")]
    [InlineData("a:0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80")]
    [InlineData("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2f\n")]
    public void Other_text_is_not_a_key(string digits)
    {
        var exception = Assert.Throws<KeyFormatException>(() => Secrets.Key(digits));
        Assert.Equal("A private key is 64 hexadecimal digits, with or without 0x.", exception.Message);
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData(Order)]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void Zero_and_numbers_from_the_order_on_are_no_keys(string digits) =>
        Assert.Throws<KeyFormatException>(() => Secrets.Key(digits));

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void Other_lengths_are_no_keys(int length)
    {
        using var secret = new SecretBytes(Enumerable.Repeat((byte)1, length).ToArray());
        Assert.Throws<KeyFormatException>(() => PrivateKey.FromBytes(secret));
    }

    [Fact]
    public void Signs_only_digests_of_32_bytes()
    {
        using var key = Secrets.Key(FirstKey);
        Assert.Throws<ArgumentException>(() => key.Sign(new byte[31]));
        Assert.Throws<ArgumentException>(() => key.Sign(new byte[33]));
    }

    [Fact]
    public void A_wiped_key_does_not_sign_and_leaves_nothing_behind()
    {
        var key = Secrets.Key(FirstKey);
        var buffer = ((SecretBytes)typeof(PrivateKey).GetField("_secret", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(key)!).Bytes;
        Assert.Equal(Convert.FromHexString(FirstKey), buffer);

        key.Dispose();

        Assert.Equal(new byte[32], buffer);
        Assert.Throws<ObjectDisposedException>(() => key.Sign(new byte[32]));
        Assert.Equal(FirstAddress, Secrets.AddressText(key));
    }
}
