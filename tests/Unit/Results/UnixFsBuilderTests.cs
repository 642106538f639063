using System.IO;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Results.Ipfs;

namespace IExec.Tasks.UnitTests.Results;

/// <summary>The expected CIDs were made with the npm package ipfs-unixfs-importer.</summary>
public sealed class UnixFsBuilderTests
{
    private const int Chunk = 256 * 1024;

    [Theory]
    [InlineData(0, "QmbFMke1KXqnYyBBWxB74N4c5SBnJMVAiMNRcGu6x1AwQH")]
    [InlineData(1, "QmS9JArPwa55ePgDnyg6TzX24mYTS1b1vLqWNebyVotKxQ")]
    [InlineData(1000, "QmUugXJJcvuR28YwH2Utnt1hHy9Hg4ujQGo2HzBSLyksxd")]
    [InlineData(Chunk, "Qmav9n1KqB3BkrThrmqzBH3cao98vUcs5VzjzSJzBq78mF")]
    [InlineData(Chunk + 1, "Qma1PGhykYBExtRbho8kYQfQYXB2yXvcoh5HQAbkeDm4GD")]
    [InlineData(1_500_000, "QmUH1afg8ZwhKNxSrTPyr7gFvhVA9PPCUMojKFgmXdGWqj")]
    [InlineData(174 * Chunk, "Qmcq25A2VXSHkkffoAs9xoe7UQKo962uZukNKcguKngQCn")]
    [InlineData((174 * Chunk) + 1, "QmQGzTr6PYdqKMWkrDAkwykcC2SnFvwuuyZZVNe9GUoCWi")]
    [InlineData((175 * Chunk) + 5, "QmaVD8SVVpno1mQiW7ALZ5n6L3PCTGj1UU4X5Sz9XnaySe")]
    public Task Finds_the_CIDv0_that_ipfs_add_finds(int length, string cid) => FindsAsync(UnixFsLayout.Version0, length, cid);

    [Theory]
    [InlineData(0, "bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku")]
    [InlineData(Chunk, "bafkreiecq6sthzzdvpdhqwwpdczxx26e4t3e5wmnzviqmqdphldgfqoe3m")]
    [InlineData(Chunk + 1, "bafybeigipb3upfgc7d3pg3llsnskvcftvdsi6mhqvmuxde2mq3do4gk47m")]
    [InlineData(1_500_000, "bafybeidcyihcjynuic6u4kmx4r3zgadikx6qotuvzqat4e7wfpm5hivvh4")]
    [InlineData((174 * Chunk) + 1, "bafybeiajrrb2wso56upygo5ncasyf7ychzfsllqzv4yen5vlyacji47x5q")]
    public Task Finds_the_CIDv1_with_raw_leaves(int length, string cid) => FindsAsync(UnixFsLayout.Version1, length, cid);

    [Theory]
    [InlineData(Chunk + 1, "bafkreicjz7f5rq7d2uxinle4nnuj2m4nitf2ebz2rnatzr7dxsq553sbti")]
    [InlineData(1_500_000, "bafybeibpe6pabjfz5soym6sbjfy5vgi42aazmbxtjv7cj3tezzsom4wzoi")]
    [InlineData((174 * Chunk) + 1, "bafybeicgcvte3f5uoemj5c2r62ar42yruv654kc7ky52flswmqbeflosde")]
    public Task Finds_the_CIDv1_with_large_leaves(int length, string cid) => FindsAsync(UnixFsLayout.Version1Large, length, cid);

    [Fact]
    public async Task Writes_directories_as_js_ipfs_does()
    {
        var inner = await BuildAsync(UnixFsLayout.Version0, new MemoryStream("hello\n"u8.ToArray()));
        var a = Directory([new("b.txt", inner)]);
        var result = await BuildAsync(UnixFsLayout.Version0, new MemoryStream(Pattern.Bytes(1000)));

        Assert.Equal("QmbQ4UuuTJ544XrL6XjdA5UfWQnnBA1ruHDkRoi3sMkqWH", a.Cid.ToString());
        Assert.Equal("QmaVLUUZA3tyf6jzKqxFvWyZLjeKysLv5eEWX5Rbj5MAWm", Directory([new("a", a), new("result.zip", result)]).Cid.ToString());
    }

    private static UnixFsPiece Directory(UnixFsEntry[] entries)
    {
        var block = UnixFsWriter.WriteDirectory(entries);
        var hash = new byte[Sha256.Length];
        Sha256.Hash(block, hash);
        var size = (long)block.Length;
        foreach (var entry in entries)
            size += entry.Piece.DagSize;
        return new(Cid.CreateV0(hash), 0, size);
    }

    private static async Task FindsAsync(UnixFsLayout layout, int length, string cid)
    {
        var root = await BuildAsync(layout, new MemoryStream(Pattern.Bytes(length)));

        Assert.Equal((cid, length), (root.Cid.ToString(), root.Size));
    }

    private static Task<UnixFsPiece> BuildAsync(UnixFsLayout layout, Stream content) => new UnixFsBuilder(layout).BuildAsync(content, CancellationToken.None);
}
