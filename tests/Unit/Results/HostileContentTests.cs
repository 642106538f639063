using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Fakes.Ipfs;
using IExec.Tasks.Results;
using IExec.Tasks.Results.Download;
using IExec.Tasks.Results.Ipfs;

namespace IExec.Tasks.UnitTests.Results;

/// <summary>Malicious content with correct hashes.</summary>
public sealed class HostileContentTests : IAsyncLifetime
{
    private ResultBench _bench = null!;

    private BlockStore Blocks => _bench.Gateway.Blocks;

    public async Task InitializeAsync() => _bench = await ResultBench.StartAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Rejects_a_tree_that_is_too_deep()
    {
        var piece = await Blocks.AddFileAsync([1], UnixFsLayout.Version1);
        for (var depth = 0; depth < 40; depth++)
            piece = new(Blocks.AddBlock(UnixFsWriter.WriteFile([piece])), 1, 1);

        await FailAsync(piece.Cid, IExecErrorId.ResultCorrupt, "the file's tree is too deep");
    }

    [Theory]
    [InlineData(9)]
    [InlineData(11)]
    public async Task Rejects_a_child_whose_length_differs_from_its_parents_entry(int length)
    {
        var piece = await Blocks.AddFileAsync(new byte[10], UnixFsLayout.Version1);
        var root = Blocks.AddBlock(UnixFsWriter.WriteFile([piece with { Size = length }]));

        await FailAsync(root, IExecErrorId.ResultCorrupt, "is not the piece of file that its parent says");
    }

    [Fact]
    public async Task Rejects_a_directory_within_a_file()
    {
        var root = Blocks.AddBlock(UnixFsWriter.WriteFile([new(Blocks.AddDirectory().Cid, 5, 5)]));

        await FailAsync(root, IExecErrorId.ResultCorrupt, "is not the piece of file that its parent says");
    }

    [Theory]
    [InlineData("", "is a directory, not a file")]
    [InlineData("/out", "is a directory, not a file")]
    [InlineData("/nothing", "names 'nothing', which the directory does not have")]
    [InlineData("/out/file/more", "has 'more' below something that is not a directory")]
    public async Task Says_what_is_wrong_with_a_path(string path, string reason)
    {
        var file = await Blocks.AddFileAsync([1], UnixFsLayout.Version1);
        var root = Blocks.AddDirectory(new UnixFsEntry("out", Blocks.AddDirectory(new UnixFsEntry("file", file))));
        using var source = new StoreSource(Blocks);

        var failure = await Assert.ThrowsAsync<IExecException>(() => CopyAsync(source, $"/ipfs/{root.Cid}{path}"));

        Assert.Equal(IExecErrorId.ResultLocationInvalid, failure.ErrorId);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0a020805", "/x", "goes through a sharded directory (HAMT)")]
    [InlineData("0a06080412022f61", "", "is a symbolic link, not a file")]
    public async Task Says_that_it_does_not_follow(string block, string path, string reason)
    {
        var root = Blocks.AddBlock(Convert.FromHexString(block));
        using var source = new StoreSource(Blocks);

        var failure = await Assert.ThrowsAsync<IExecException>(() => CopyAsync(source, $"/ipfs/{root}{path}"));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_the_content_of_identity_CIDs()
    {
        using var source = new StoreSource(Blocks);

        Assert.Equal(12, await CopyAsync(source, "/ipfs/bafkqaddimvwgy3zao5xxe3deei"));
        Assert.Equal("hello world\"", await File.ReadAllTextAsync(_bench.Target));
    }

    [Fact]
    public async Task Accepts_the_same_block_several_times()
    {
        var zeros = new byte[300_000];
        var root = await Blocks.AddFileAsync(zeros, new UnixFsLayout(1, RawLeaves: true, 1000, 10));
        foreach (var offersCar in new[] { true, false })
        {
            _bench.Gateway.Faults.OffersCar = offersCar;
            var saved = await _bench.SaveAsync(ResultBench.TaskAt($"/ipfs/{root.Cid}", default), _bench.Options(force: true));

            Assert.True(saved.Result.CidVerified);
            Assert.Equal(zeros, await File.ReadAllBytesAsync(_bench.Target));
        }
    }

    [Fact]
    public async Task Rejects_to_save_what_the_chain_itself_contradicts()
    {
        var (task, _, _) = await _bench.AddLargeAsync(1000);

        var failure = await _bench.FailAsync(ResultBench.WithDigest(task, default), IExecErrorId.DigestMismatch);

        Assert.Contains("the consensus value does not match the result digest", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_bench.Gateway.Requests);
    }

    private async Task FailAsync(Cid root, IExecErrorId id, string reason)
    {
        var failure = await _bench.FailAsync(ResultBench.TaskAt($"/ipfs/{root}", default), id);

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Empty(_bench.Files());
    }

    private async Task<long> CopyAsync(StoreSource source, string location)
    {
        using var target = new PartialFile(_bench.Target, long.MaxValue);
        return await new VerifiedCopy(source, target, new TransferMeter(SaveStage.Downloading, null), _ => { }).RunAsync(ResultLocation.Parse(location), CancellationToken.None);
    }

    private sealed class StoreSource(BlockStore store) : IBlockSource
    {
        public ValueTask<ReadOnlyMemory<byte>> GetBlockAsync(Cid cid, IEnumerable<Cid> next, CancellationToken cancellationToken) =>
            new(store.Find(cid) ?? throw new BlockSourceException("Not here."));

        public void Dispose()
        {
        }
    }
}
