using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.UnitTests.Results;
using IExec.Tasks.Results;
using IExec.Tasks.Results.Ipfs;

namespace IExec.Tasks.UnitTests.Peers;

/// <summary>CIDs, UnixFS and CARs of the js implementations (multiformats, ipfs-unixfs, ipfs-unixfs-importer, @ipld/dag-pb, @ipld/car).</summary>
[Trait("Category", "Slow")]
public sealed class IpfsPeerTests
{
    [Fact]
    public async Task Reads_and_writes_CIDs_as_multiformats_does()
    {
        var vectors = await PeerVectors.MadeAsync<CidVector>("cids");

        Assert.Equal(120, vectors.Length);
        Assert.All(vectors, vector => Assert.All(vector.Texts, text =>
        {
            var cid = Parse(text);
            Assert.Equal(vector.Bytes, Convert.ToHexStringLower(cid.ToBytes()));
            Assert.Equal(vector.Canonical, cid.ToString());
        }));
    }

    [Fact]
    public async Task Rejects_CIDs_that_it_cannot_verify() =>
        Assert.All(await PeerVectors.MadeAsync<string>("unverifiable"), text => Assert.False(Cid.TryParse(text, out _), text));

    [Fact]
    public async Task Finds_the_CIDs_of_files_that_the_importer_finds()
    {
        var vectors = await PeerVectors.MadeAsync<FileVector>("files");

        Assert.Equal(54, vectors.Length);
        foreach (var vector in vectors)
        {
            var builder = new UnixFsBuilder(new UnixFsLayout(vector.Version, vector.RawLeaves, vector.Chunk, vector.Links));
            var root = await builder.BuildAsync(new MemoryStream(Pattern.Bytes(vector.Length)), CancellationToken.None);
            Assert.Equal((vector, vector.Cid), (vector, root.Cid.ToString()));
        }
    }

    [Fact]
    public async Task Reads_the_same_fields_of_blocks_as_the_peers()
    {
        var vectors = await PeerVectors.MadeAsync<NodeVector>("nodes");

        Assert.Equal(165, vectors.Length);
        Assert.All(vectors, vector =>
        {
            var (cid, block) = (Parse(vector.Cid), Convert.FromHexString(vector.Block));
            Assert.True(cid.Names(block));
            var node = UnixFsNode.Read(cid, block);
            Assert.Equal(vector.Type, node.Kind.ToString().ToLowerInvariant());
            Assert.Equal(vector.Size, node.Size);
            Assert.Equal(vector.ChildSizes, node.ChildSizes);
            Assert.Equal(vector.Links, node.Links.Select(link => new LinkVector(link.Target.ToString(), link.Name)));
            if (node.IsFile)
                Assert.Equal(vector.Content, Convert.ToHexStringLower(node.Content.Span));
        });
    }

    [Fact]
    public async Task Reads_the_CARs_of_the_peer()
    {
        var vectors = await PeerVectors.MadeAsync<CarVector>("cars");

        Assert.Equal(20, vectors.Length);
        foreach (var vector in vectors)
        {
            using var body = new PacedReader(new MemoryStream(Convert.FromHexString(vector.Car)), TimeSpan.FromMinutes(1), CancellationToken.None);
            using var reader = new CarReader(body);
            await reader.ReadHeaderAsync();
            var read = new List<BlockVector>();
            while (await reader.ReadSectionAsync() is { } section)
                read.Add(new(section.Cid.ToString(), Convert.ToHexStringLower(section.Block.Span)));
            Assert.Equal(vector.Blocks, read);
        }
    }

    [Fact]
    public async Task Reads_and_writes_integers_as_the_peer_does()
    {
        var vectors = await PeerVectors.MadeAsync<VarintVector>("varints");

        Assert.Equal(68, vectors.Length);
        Assert.All(vectors, vector =>
        {
            var bytes = new byte[Varint.MaximumLength];
            Assert.Equal(vector.Bytes, Convert.ToHexStringLower(bytes.AsSpan(0, Varint.Write(bytes, vector.Value))));
            Assert.True(Varint.TryReadMinimal(Convert.FromHexString(vector.Bytes), out var value, out _));
            Assert.Equal(vector.Value, value);
        });
    }

    private static Cid Parse(string text) => Cid.TryParse(text, out var cid) ? cid : throw new FormatException(text);

    private sealed record CidVector(string[] Texts, string Bytes, string Canonical);

    private sealed record FileVector(int Version, bool RawLeaves, int Chunk, int Links, int Length, string Cid);

    private sealed record NodeVector(string Cid, string Block, string Type, string Content, long Size, long[] ChildSizes, LinkVector[] Links);

    private sealed record LinkVector(string Cid, string Name);

    private sealed record CarVector(string Car, BlockVector[] Blocks);

    private sealed record BlockVector(string Cid, string Block);

    private sealed record VarintVector(ulong Value, string Bytes);
}
