using System.Text;
using CsCheck;
using IExec.Tasks.Results.Ipfs;

namespace IExec.Tasks.UnitTests.Results;

public sealed class MultibaseTests
{
    /// <summary>The multibase specification's own vectors, with no, one and two leading zeros.</summary>
    [Theory]
    [InlineData("yes mani !", "f796573206d616e692021")]
    [InlineData("yes mani !", "F796573206D616E692021")]
    [InlineData("yes mani !", "bpfsxgidnmfxgsibb")]
    [InlineData("yes mani !", "BPFSXGIDNMFXGSIBB")]
    [InlineData("yes mani !", "k2lcpzo5yikidynfl")]
    [InlineData("yes mani !", "z7paNL19xttacUY")]
    [InlineData("\0yes mani !", "f00796573206d616e692021")]
    [InlineData("\0yes mani !", "bab4wk4zanvqw42jaee")]
    [InlineData("\0yes mani !", "k02lcpzo5yikidynfl")]
    [InlineData("\0yes mani !", "z17paNL19xttacUY")]
    [InlineData("\0\0yes mani !", "baaahszltebwwc3tjeaqq")]
    [InlineData("\0\0yes mani !", "k002lcpzo5yikidynfl")]
    [InlineData("\0\0yes mani !", "z117paNL19xttacUY")]
    public void Reads_the_specifications_vectors(string bytes, string text) => Assert.Equal(Encoding.ASCII.GetBytes(bytes), Multibase.Decode(text));

    [Theory]
    [InlineData("")]
    [InlineData("f0")] // half a byte
    [InlineData("fg0")]
    [InlineData("Ff0")] // one case only
    [InlineData("Fz0")]
    [InlineData("Baa")]
    [InlineData("BzE")]
    [InlineData("ba")] // fewer bits than a byte
    [InlineData("bab")] // left-over bits that are not zero
    [InlineData("baaa")] // a digit more than a byte needs
    [InlineData("b01")]
    [InlineData("k-")]
    [InlineData("z0")]
    [InlineData("m00")] // base64, which no CID is written in here
    public void Rejects_what_is_not_well_formed(string text) => Assert.Null(Multibase.Decode(text));

    [Fact]
    public void Nothing_is_written_as_nothing()
    {
        Assert.Empty(Multibase.Decode("z")!);
        Assert.Equal(("b", ""), (Multibase.EncodeBase32([]), Multibase.EncodeBase58([])));
    }

    [Fact]
    public void Reads_back_whatever_it_writes() => Gen.Select(Gen.Int[0, 4], Gen.Byte.Array[0, 40]).Sample((zeros, rest) =>
    {
        byte[] bytes = [.. new byte[zeros], .. rest];
        Assert.Equal(bytes, Multibase.Decode(Multibase.EncodeBase32(bytes)));
        Assert.Equal(bytes, Multibase.DecodeBase58(Multibase.EncodeBase58(bytes)));
    });
}
