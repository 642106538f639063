using CsCheck;
using IExec.Tasks.Ethereum;
using Nethereum.Contracts.Standards.ENS;

namespace IExec.Tasks.UnitTests.Ethereum;

public sealed class EnsNameTests
{
    /// <summary>The first three are EIP-137's own; the last is the parent of all reverse records (EIP-181).</summary>
    [Theory]
    [InlineData("", "0x0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("eth", "0x93cdeb708b7545dc668eb9280176169d1c33cfd8ed6f04690a0bcc88a93fc4ae")]
    [InlineData("foo.eth", "0xde9b09fd7c5f901e23a3f19fecc54828e9c848539801e86591bd9801b019f84f")]
    [InlineData("addr.reverse", "0x91d1777781884d03a6757a803996e38de2a42967fb37eeaca72729271025a9e2")]
    public void Gives_the_published_node(string name, string node) => Assert.Equal(node, Hex.Encode(EnsName.TryHash(name)));

    [Theory]
    [InlineData("Foo.eth", "foo.eth")]
    [InlineData("1\uFE0F\u20E3.eth", "1\u20E3.eth")] // an emoji of three code points, with and without the one that says so
    [InlineData("\u00E0.eth", "a\u0300.eth")] // composed and decomposed
    public void Equivalent_names_have_the_same_node(string name, string other)
    {
        Assert.NotNull(EnsName.TryHash(name));
        Assert.Equal(EnsName.TryHash(name), EnsName.TryHash(other));
    }

    [Theory]
    [InlineData(".")]
    [InlineData(".eth")]
    [InlineData("eth.")]
    [InlineData("foo..eth")]
    [InlineData("f oo.eth")]
    [InlineData("f\0o.eth")]
    [InlineData("f\u043E\u043E.eth")] // Cyrillic letters that look like "oo"
    [InlineData("\u0440\u043E.eth")] // Cyrillic letters that look like "po"
    [InlineData("a\u200Db.eth")] // a joiner that is not seen
    [InlineData("a\u3002eth")] // another full stop
    [InlineData("\uD800.eth")] // half a character
    [InlineData("a_.eth")]
    [InlineData("ab--c.eth")]
    public void Rejects_invalid_names(string name) => Assert.Null(EnsName.TryHash(name));

    [Theory]
    [InlineData("az")]
    [InlineData("09-")]
    [InlineData("_a.eth")]
    [InlineData("\u00DF.eth")]
    [InlineData("\U0001F680.eth")]
    public void Accepts_every_name_of_ENSIP_15(string name) => Assert.NotNull(EnsName.TryHash(name));

    [Fact]
    public void Rejects_names_longer_than_any_that_can_be_registered()
    {
        Assert.NotNull(EnsName.TryHash(new string('a', 255)));
        Assert.Null(EnsName.TryHash(new string('a', 256)));
    }

    /// <summary>Plain ASCII names skip the tables of ENSIP-15, with the same result.</summary>
    [Fact]
    public void Gives_each_name_the_node_that_Nethereum_gives_it() =>
        Gen.Char["abyz019-_.A"].Array[0, 12].Select(characters => new string(characters)).Sample(name =>
        {
            string? expected;
            try
            {
                expected = new EnsUtil().GetNameHash(name);
            }
            catch (ADRaffy.ENSNormalize.InvalidLabelException)
            {
                expected = null;
            }

            return expected == (EnsName.TryHash(name) is { } node ? Hex.Encode(node) : null);
        });
}
