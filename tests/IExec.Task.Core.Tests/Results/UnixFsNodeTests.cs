using System;
using System.IO;
using System.Linq;
using CsCheck;
using IExec.Tasks.Results;

namespace IExec.Tasks.CoreTests.Results;

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
    public void Overlooks_what_UnixFS_has_grown_since() => Assert.Equal(1, Read("0a0c0802120161180138a4034200").Size);

    [Fact]
    public void Reads_sizes_written_in_one_piece()
    {
        var link = "12280a22" + "1220" + new string('0', 64) + "12001801";

        Assert.Equal([3L, 300L], Read(link + link + "0a0a" + "0802" + "18af02" + "220303ac02").ChildSizes);
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
    [InlineData("0b", "a protobuf field has an unknown wire type")]
    [InlineData("00", "a protobuf field has an impossible number")]
    public void Says_what_is_wrong(string hex, string reason) => Assert.Equal(reason, Assert.Throws<InvalidDataException>(() => Read(hex)).Message);

    [Fact]
    public void Refuses_a_piece_of_no_length()
    {
        var block = UnixFsWriter.WriteFile([new(Any, 0, 10)]);

        Assert.Equal("a UnixFS node has impossible sizes", Assert.Throws<InvalidDataException>(() => UnixFsNode.Read(Any, block)).Message);
    }

    [Fact]
    public void Refuses_other_codecs() =>
        Assert.Equal("a block has codec 0x71, which is not a file's", Assert.Throws<InvalidDataException>(() => UnixFsNode.Read(Cid.CreateV1(0x71, new byte[32]), default)).Message);

    [Fact]
    public void Reads_back_whatever_it_writes() => Gen.Long[1, 1L << 40].Array[0, 200].Sample(sizes =>
    {
        var node = UnixFsNode.Read(Any, UnixFsWriter.WriteFile([.. sizes.Select(size => new UnixFsPiece(Any, size, size + 14))]));
        return node.ChildSizes.SequenceEqual(sizes) && node.Size == sizes.Sum() && node.Links.All(link => link.Target.Equals(Any) && link.Name.Length == 0);
    });

    [Fact]
    public void Fails_in_one_way_only() => Gen.OneOf(Gen.Byte.Array[0, 60], Gen.Byte.Array[0, 20].Select(bytes => (byte[])[0x0a, (byte)bytes.Length, .. bytes])).Sample(bytes =>
    {
        try
        {
            UnixFsNode.Read(Any, bytes);
        }
        catch (InvalidDataException)
        {
            // The one way.
        }
    });

    private static UnixFsNode Read(string hex) => UnixFsNode.Read(Any, Convert.FromHexString(hex));
}
