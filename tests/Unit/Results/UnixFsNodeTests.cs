using System;
using System.IO;
using System.Linq;
using CsCheck;
using IExec.Tasks.Results.Ipfs;

namespace IExec.Tasks.UnitTests.Results;

public sealed class UnixFsNodeTests
{
    private static readonly Cid Any = Cid.CreateV0(new byte[32]);

    [Fact]
    public void Reads_a_leaf()
    {
        var node = Read("0a070802120161" + "1801");

        Assert.Equal((UnixFsKind.File, 1L), (node.Kind, node.Size));
        Assert.Equal("a"u8.ToArray(), node.Content.ToArray());
    }

    [Fact]
    public void Ignores_newer_UnixFS_fields()
    {
        Assert.Equal(1, Read("0a0c0802120161180138a4034200").Size);
        Assert.Equal(1, Read("0a15" + "0802120161" + "4d00000000" + "510000000000000000" + "1801").Size); // of every width
    }

    [Fact]
    public void Reads_packed_sizes()
    {
        var link = "12280a22" + "1220" + new string('0', 64) + "12001801";

        Assert.Equal([3L, 300L], Read(link + link + "0a0a" + "0802" + "18af02" + "220303ac02").ChildSizes);
    }

    [Theory]
    [InlineData("05", true)]
    [InlineData("06", false)]
    public void Knows_the_six_types(string kind, bool isKnown)
    {
        if (isKnown)
            Assert.Equal(UnixFsKind.HamtShard, Read("0a0208" + kind).Kind);
        else
            Assert.Throws<InvalidDataException>(() => Read("0a0208" + kind));
    }

    [Theory]
    [InlineData("80808080808080" + "02", true)] // a pebibyte
    [InlineData("81808080808080" + "02", false)]
    public void Accepts_block_sizes_of_up_to_a_pebibyte(string size, bool isTaken)
    {
        var block = Link() + "0a0b" + "0802" + "20" + size;
        if (isTaken)
            Assert.Equal(1L << 50, Read(block).Size);
        else
            Assert.Throws<InvalidDataException>(() => Read(block));
    }

    [Fact]
    public void Accepts_names_of_up_to_4096_bytes()
    {
        Assert.Equal(4096, Assert.Single(Read(Named(4096)).Links).Name.Length);
        Assert.Equal("a dag-pb link has too long a name", Assert.Throws<InvalidDataException>(() => Read(Named(4097))).Message);

        static string Named(int length) => "12" + Varint7(length + 3 + 36) + Target + "12" + Varint7(length) + Repeat("61", length) + "0a020801";
    }

    [Fact]
    public void Accepts_field_numbers_of_up_to_29_bits()
    {
        Assert.Equal("a dag-pb node has a field it may not have", Assert.Throws<InvalidDataException>(() => Read("f8ffffff0f00")).Message);
        Assert.Equal("a protobuf field has an impossible number", Assert.Throws<InvalidDataException>(() => Read("808080801000")).Message);
    }

    [Theory]
    [InlineData("", "a dag-pb node holds no UnixFS data")]
    [InlineData("0a00", "a dag-pb node holds no UnixFS data")]
    [InlineData("0a0208020a020802", "a dag-pb node has a field it may not have")] // data twice
    [InlineData("1a00", "a dag-pb node has a field it may not have")]
    [InlineData("0801", "a dag-pb node has a field it may not have")] // data as a number
    [InlineData("1200", "a dag-pb link has no CID")]
    [InlineData("12020a00", "a dag-pb link has a CID that cannot be verified")]
    [InlineData("12022200", "a dag-pb link has a field it may not have")]
    [InlineData("0a0508021201", "a protobuf field is longer than its message")]
    [InlineData("0aff", "a protobuf integer is cut off or too large")]
    [InlineData("0a02080e", "a UnixFS node is of an unknown kind")]
    [InlineData("0a0408021805", "a UnixFS node's sizes contradict each other")]
    [InlineData("0a0408022001", "a UnixFS node has impossible sizes")] // a size without a link
    [InlineData("0a080802" + "510000000000", "a protobuf field is longer than its message")] // 64 bits that are fewer
    [InlineData("0a040802" + "1802", "a UnixFS node's sizes contradict each other")]
    [InlineData("0a0708021201611802", "a UnixFS node's sizes contradict each other")] // one more than there is
    [InlineData("0a0708021201611800", "a UnixFS node's sizes contradict each other")]
    [InlineData("0a05080222" + "0180", "a UnixFS node's sizes are cut off")]
    [InlineData("0b", "a protobuf field has an unknown wire type")]
    [InlineData("00", "a protobuf field has an impossible number")]
    public void Says_what_is_wrong(string hex, string reason) => Assert.Equal(reason, Assert.Throws<InvalidDataException>(() => Read(hex)).Message);

    [Fact]
    public void Requires_a_size_and_one_target_for_each_link()
    {
        Assert.Equal("a UnixFS node's sizes contradict each other", Assert.Throws<InvalidDataException>(() => Read(Link() + "0a020802")).Message);
        Assert.Equal(
            "a dag-pb link has a CID that cannot be verified",
            Assert.Throws<InvalidDataException>(() => Read("1225" + "0a23" + "1220" + Repeat("00", 33) + "0a020801")).Message); // a byte behind it
        Assert.Equal("a dag-pb link has a field it may not have", Assert.Throws<InvalidDataException>(() => Read("1248" + Target + Target + "0a020801")).Message);
        Assert.Equal("a dag-pb link has a name that is not UTF-8", Assert.Throws<InvalidDataException>(() => Read("1227" + Target + "1201ff" + "0a020801")).Message);
    }

    [Fact]
    public void Rejects_an_empty_child()
    {
        var block = UnixFsWriter.WriteFile([new(Any, 0, 10)]);

        Assert.Equal("a UnixFS node has impossible sizes", Assert.Throws<InvalidDataException>(() => UnixFsNode.Read(Any, block)).Message);
    }

    [Fact]
    public void Rejects_other_codecs() =>
        Assert.Equal("a block has codec 0x71, which is not a file's", Assert.Throws<InvalidDataException>(() => UnixFsNode.Read(Cid.CreateV1(0x71, new byte[32]), default)).Message);

    [Fact]
    public void Reads_back_whatever_it_writes() => Gen.Long[1, 1L << 40].Array[0, 200].Sample(sizes =>
    {
        var node = UnixFsNode.Read(Any, UnixFsWriter.WriteFile([.. sizes.Select(size => new UnixFsPiece(Any, size, size + 14))]));
        return node.ChildSizes.SequenceEqual(sizes) && node.Size == sizes.Sum() && node.Links.All(link => link.Target.Equals(Any) && link.Name.Length == 0);
    });

    [Fact]
    public void Throws_only_its_own_exception() => Gen.OneOf(Gen.Byte.Array[0, 60], Gen.Byte.Array[0, 20].Select(bytes => (byte[])[0x0a, (byte)bytes.Length, .. bytes])).Sample(bytes =>
    {
        try
        {
            UnixFsNode.Read(Any, bytes);
        }
        catch (InvalidDataException)
        {
            // The only exception.
        }
    });

    private const string Target = "0a22" + "1220" + "0000000000000000000000000000000000000000000000000000000000000000";

    private static string Link() => "1224" + Target;

    private static string Varint7(int value) => Convert.ToHexString([(byte)(value | 0x80), (byte)(value >> 7)]);

    private static string Repeat(string hex, int count) => string.Concat(Enumerable.Repeat(hex, count));

    private static UnixFsNode Read(string hex) => UnixFsNode.Read(Any, Convert.FromHexString(hex));
}
