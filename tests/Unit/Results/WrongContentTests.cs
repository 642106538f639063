using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Results.Ipfs;

namespace IExec.Tasks.UnitTests.Results;

/// <summary>Gateways that send wrong content: no file is left under the result's name.</summary>
public sealed class WrongContentTests : IAsyncLifetime
{
    private ResultBench _bench = null!;

    public async Task InitializeAsync() => _bench = await ResultBench.StartAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Theory]
    [InlineData("leaf")]
    [InlineData("inner")]
    [InlineData("root")]
    public async Task Keeps_nothing_when_a_bit_is_wrong(string where)
    {
        var (task, _, root) = await _bench.AddLargeAsync(layout: new(0, RawLeaves: false, 262144, 4));
        var blocks = _bench.Gateway.Blocks.Walk(root.Cid).ToList();
        _bench.Gateway.Faults.Flipped.Add(where switch { "leaf" => blocks[^1], "inner" => blocks[1], _ => blocks[0] });
        foreach (var offersCar in new[] { true, false })
        {
            _bench.Gateway.Faults.OffersCar = offersCar;

            var failure = await _bench.FailAsync(task, IExecErrorId.ResultCorrupt);

            Assert.Contains("nothing was kept", failure.Message, StringComparison.Ordinal);
            Assert.Empty(_bench.Files());
        }
    }

    [Fact]
    public async Task Keeps_nothing_when_a_bit_of_a_plain_file_is_wrong()
    {
        (_bench.Gateway.Faults.OffersCar, _bench.Gateway.Faults.OffersBlocks) = (false, false);
        var (task, _, root) = await _bench.AddLargeAsync();
        _bench.Gateway.Faults.Flipped.Add(_bench.Gateway.Blocks.Walk(root.Cid).ElementAt(3));

        await _bench.FailAsync(task, IExecErrorId.DigestMismatch);

        Assert.Empty(_bench.Files());
    }

    [Fact]
    public async Task Keeps_nothing_when_a_bit_of_a_single_plain_block_is_wrong()
    {
        (_bench.Gateway.Faults.OffersCar, _bench.Gateway.Faults.OffersBlocks) = (false, false);
        var (task, _, root) = await _bench.AddLargeAsync(100_000, UnixFsLayout.Version1);
        _bench.Gateway.Faults.Flipped.Add(root.Cid);

        await _bench.FailAsync(task, IExecErrorId.ResultCorrupt);

        Assert.Empty(_bench.Files());
    }

    [Fact]
    public async Task Fails_over_from_a_gateway_with_wrong_content()
    {
        var second = await _bench.AddGatewayAsync();
        var (task, file, root) = await _bench.AddLargeAsync();
        _bench.Gateway.Faults.Flipped.Add(_bench.Gateway.Blocks.Walk(root.Cid).Last());

        _bench.AssertSaved(file, await _bench.SaveAsync(task));
        Assert.NotEmpty(second.Requests);
    }

    [Theory]
    [InlineData("reversed")]
    [InlineData("missing")]
    [InlineData("foreign")]
    [InlineData("none")]
    public async Task Fetches_blocks_that_a_CAR_has_in_the_wrong_order(string fault)
    {
        var (task, file, _) = await _bench.AddLargeAsync();
        var foreign = (await _bench.Gateway.Blocks.AddFileAsync(Pattern.Bytes(99), UnixFsLayout.Version1)).Cid;
        _bench.Gateway.Faults.Arrange = fault switch
        {
            "reversed" => blocks => blocks.Take(1).Concat(blocks.Skip(1).Reverse()),
            "missing" => blocks => blocks.Take(3).Concat(blocks.Skip(4)),
            "foreign" => blocks => blocks.Take(2).Append(foreign).Concat(blocks.Skip(2)),
            _ => _ => [],
        };

        _bench.AssertSaved(file, await _bench.SaveAsync(task));
    }

    [Fact]
    public async Task Fails_on_a_CAR_in_the_wrong_order_without_single_blocks()
    {
        var (task, file, _) = await _bench.AddLargeAsync(layout: new(1, RawLeaves: true, 100_000, 8));
        _bench.Gateway.Faults.Arrange = blocks => blocks.Reverse();
        _bench.Gateway.Faults.OffersBlocks = false;
        _bench.Gateway.Faults.RefusesFormats = true;

        var saved = await _bench.SaveAsync(task);

        Assert.Equal((null, true), (saved.Result.CidVerified, saved.Result.DigestVerified));
        Assert.Equal(file, File.ReadAllBytes(_bench.Target));
    }

    [Fact]
    public async Task Detects_a_body_that_ends_early()
    {
        var (task, file, _) = await _bench.AddLargeAsync();
        _bench.Gateway.Faults.EndCarAfter = 1_000_000;

        _bench.AssertSaved(file, await _bench.SaveAsync(task));
    }
}
