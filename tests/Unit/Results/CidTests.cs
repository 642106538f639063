using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CsCheck;
using IExec.Tasks.Results.Ipfs;

namespace IExec.Tasks.UnitTests.Results;

public sealed class CidTests
{
    private const string EmptyDirectory = "QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn";
    private const string EmptyDirectoryVersion1 = "bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354";

    [Fact]
    public void The_empty_directory_has_its_well_known_CID()
    {
        var block = UnixFsWriter.WriteDirectory([]);

        Assert.True(Parse(EmptyDirectory).Names(block));
        Assert.True(Parse(EmptyDirectoryVersion1).Names(block));
        Assert.False(Parse(EmptyDirectory).Names([.. block, 0]));
    }

    [Fact]
    public void Reads_the_parts_of_the_specifications_example()
    {
        var cid = Parse("zb2rhe5P4gXftAwvA4eXQ5HJwsER2owDyS9sKaQRRVQPn93bA");

        Assert.Equal((1, Cid.Raw, false), (cid.Version, cid.Codec, cid.IsInline));
        Assert.Equal("6e6ff7950a36187a801613426e858dce686cd7d7e3c0fc42ee0330072d245c95", cid.Digest.Span.ToHex());
        Assert.Equal("bafkreidon73zkcrwdb5iafqtijxildoonbwnpv7dyd6ef3qdgads2jc4su", cid.ToString());
    }

    [Theory]
    [InlineData(EmptyDirectoryVersion1)]
    [InlineData("BAFYBEICZSSCDSBS7FFQZ55ASQDF3SMV6KLCW3GOFSZVWLYARCI47BGF354")]
    [InlineData("k2jmtxtlhjl3fhmgndf92e48by79ryjuvqp3y2qgehpao6v3lurvnmcv")]
    [InlineData("zdj7WbTaiJT1fgatdet9Ei9iDB5hdCxkbVyhyh8YTUnXMiwYi")]
    [InlineData("f0170122059948439065f29619ef41280cbb932be52c56d99c5966b65e0111239f098bbef")]
    [InlineData("F0170122059948439065F29619EF41280CBB932BE52C56D99C5966B65E0111239F098BBEF")]
    public void Reads_every_usual_spelling(string text) => Assert.Equal(EmptyDirectoryVersion1, Parse(text).ToString());

    [Fact]
    public void Keeps_version_0_as_it_is() => Assert.Equal(EmptyDirectory, Parse(EmptyDirectory).ToString());

    [Fact]
    public void A_block_matches_its_CID_in_both_versions()
    {
        Assert.True(Parse(EmptyDirectory).NamesSameBlock(Parse(EmptyDirectoryVersion1)));
        Assert.NotEqual(Parse(EmptyDirectory), Parse(EmptyDirectoryVersion1));
        Assert.Equal(Parse(EmptyDirectory), Parse(EmptyDirectory));
    }

    [Fact]
    public void Reads_identity_CIDs()
    {
        var cid = Parse("bafkqaddimvwgy3zao5xxe3deei");

        Assert.True(cid.IsInline);
        Assert.Equal("hello world\"", Encoding.UTF8.GetString(cid.Digest.Span));
        Assert.True(cid.Names("hello world\""u8));
        Assert.False(cid.Names("hello world?"u8));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Q")]
    [InlineData("b")]
    [InlineData("hello")]
    [InlineData("QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3N")] // a character short
    [InlineData("QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3N0")] // no base58 digit
    [InlineData("bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf355")] // left-over bits
    [InlineData("bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354a")]
    [InlineData("BAFYBEICZSSCDSBS7FFQZ55ASQDF3SMV6KLCW3GOFSZVWLYARCI47BGF35f")] // mixed case
    [InlineData("zQmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn")] // version 0 with a letter before it
    [InlineData("f015512140000000000000000000000000000000000000000")] // a hash cut to 20 bytes
    [InlineData("f01551220")] // no digest
    [InlineData("f02551220e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")] // version 2
    [InlineData("f0155b22020e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")] // another hash function
    public void Rejects_what_cannot_be_verified(string? text) => Assert.False(Cid.TryParse(text, out _));

    [Fact]
    public void Accepts_identity_CIDs_of_up_to_128_bytes()
    {
        Assert.Equal(128, Parse("f0155008001" + new string('0', 256)).Digest.Length);
        Assert.False(Cid.TryParse("f0155008101" + new string('0', 258), out _));
    }

    [Fact]
    public void Accepts_a_version_1_as_long_as_a_version_0()
    {
        var text = Parse("f01550018" + new string('0', 48)).ToString();
        Assert.Equal((46, 24), (text.Length, Parse(text).Digest.Length));
    }

    [Fact]
    public void Accepts_codecs_of_31_bits()
    {
        Assert.Equal(int.MaxValue, Parse("f01ffffffff071220" + new string('0', 64)).Codec);
        Assert.False(Cid.TryParse("f0180808080081220" + new string('0', 64), out _));
    }

    [Fact]
    public void Reads_exactly_its_own_bytes()
    {
        byte[][] all = [Parse(EmptyDirectory).ToBytes(), Parse(EmptyDirectoryVersion1).ToBytes(), Parse("bafkqaddimvwgy3zao5xxe3deei").ToBytes()];
        foreach (var bytes in all)
        {
            Assert.True(Cid.TryRead([.. bytes, 0], out _, out var length));
            Assert.Equal(bytes.Length, length);
            for (var cut = 0; cut < bytes.Length; cut++)
                Assert.False(Cid.TryRead(bytes.AsSpan(0, cut), out _, out _));
        }
    }

    [Fact]
    public void Inline_content_is_not_the_hash_of_the_same_bytes()
    {
        var digest = Parse(EmptyDirectoryVersion1).Digest.ToArray();
        var inline = Parse("f01700020" + Convert.ToHexString(digest).ToLowerInvariant());

        Assert.False(inline.NamesSameBlock(Parse(EmptyDirectoryVersion1)));
        Assert.False(Parse(EmptyDirectoryVersion1).Names(digest));
        Assert.True(inline.Names(digest));
        Assert.NotEqual(Cid.CreateV1(Cid.Raw, digest), Cid.CreateV1(Cid.DagPb, digest));
        Assert.Equal(Parse(EmptyDirectoryVersion1), Cid.CreateV1(Cid.DagPb, digest));
        Assert.Equal(4, new HashSet<Cid> { inline, inline, Parse("f01550000"), Parse("f0155000101"), Cid.CreateV1(Cid.Raw, digest), Cid.CreateV1(Cid.Raw, digest) }.Count);
    }

    [Fact]
    public void Rejects_text_that_is_too_long() => Assert.False(Cid.TryParse("z" + new string('2', 100_000), out _));

    [Fact]
    public void Reads_back_whatever_it_writes() =>
        Gen.Select(Gen.Byte.Array[32], Gen.Int[0, 0x200]).Sample((hash, codec) =>
        {
            var cid = Cid.CreateV1(codec, hash);
            var version0 = Cid.CreateV0(hash);
            var bytes = cid.ToBytes();
            return Parse(cid.ToString()).Equals(cid)
                && Parse(version0.ToString()).Equals(version0)
                && Cid.TryRead([.. bytes, 1, 2], out var read, out var length) && read.Equals(cid) && length == bytes.Length;
        });

    [Fact]
    public void Survives_any_text_and_any_bytes() =>
        Gen.Select(Gen.String, Gen.Byte.Array[0, 80]).Sample((text, bytes) =>
        {
            Assert.DoesNotContain("bBfFkzQ", first => Cid.TryParse(first + text, out var parsed) && parsed.ToBytes().Length > text.Length);
            return !Cid.TryRead(bytes, out var cid, out var length) || cid.ToBytes().SequenceEqual(bytes.Take(length));
        });

    private static Cid Parse(string text) => Cid.TryParse(text, out var cid) ? cid : throw new FormatException(text);
}
