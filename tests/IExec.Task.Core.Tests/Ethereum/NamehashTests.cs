using IExec.Tasks.Ethereum;

namespace IExec.Tasks.CoreTests.Ethereum;

public sealed class NamehashTests
{
    /// <summary>The first three are EIP-137's own; the last is the parent of all reverse records (EIP-181).</summary>
    [Theory]
    [InlineData("", "0x0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("eth", "0x93cdeb708b7545dc668eb9280176169d1c33cfd8ed6f04690a0bcc88a93fc4ae")]
    [InlineData("foo.eth", "0xde9b09fd7c5f901e23a3f19fecc54828e9c848539801e86591bd9801b019f84f")]
    [InlineData("addr.reverse", "0x91d1777781884d03a6757a803996e38de2a42967fb37eeaca72729271025a9e2")]
    public void Gives_the_published_node(string name, string node)
    {
        Assert.True(Namehash.TryCompute(name, out var computed));
        Assert.Equal(node, computed.ToString());
    }

    [Theory]
    [InlineData(".")]
    [InlineData(".eth")]
    [InlineData("eth.")]
    [InlineData("foo..eth")]
    [InlineData("Foo.eth")]
    [InlineData("f oo.eth")]
    [InlineData("f\0o.eth")]
    [InlineData("f\u043E\u043E.eth")] // Cyrillic letters that look like "oo"
    [InlineData("xn--\u00DF.eth")]
    public void Refuses_what_it_cannot_normalise(string name) => Assert.False(Namehash.TryCompute(name, out _));

    [Theory]
    [InlineData("az")]
    [InlineData("09")]
    [InlineData("-_.eth")]
    public void Takes_every_character_that_needs_no_normalising(string name) => Assert.True(Namehash.TryCompute(name, out _));

    [Fact]
    public void Refuses_names_longer_than_any_that_can_be_registered()
    {
        Assert.True(Namehash.TryCompute(new string('a', 255), out _));
        Assert.False(Namehash.TryCompute(new string('a', 256), out _));
    }
}
