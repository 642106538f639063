using System;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Results;

namespace IExec.Tasks.CoreTests.Results;

/// <summary>Gateways that keep the user waiting, lead elsewhere, or send more than there should be.</summary>
public sealed class UnwillingGatewayTests : IAsyncLifetime
{
    private ResultBench _bench = null!;

    public async Task InitializeAsync() => _bench = await ResultBench.StartAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Gives_up_on_a_gateway_that_never_answers()
    {
        (_bench.Gateway.Faults.Silent, _bench.TimeLimit, _bench.RetryCount) = (true, TimeSpan.FromSeconds(0.5), 1);
        var (task, _, _) = await _bench.AddLargeAsync();

        var failure = await _bench.FailAsync(task, IExecErrorId.GatewayError);

        Assert.Contains("did not answer in time", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, _bench.Gateway.Requests.Count);
        Assert.Empty(_bench.Files());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Gives_up_on_a_gateway_that_sends_a_byte_a_second(bool verify)
    {
        (_bench.Gateway.Faults.Trickles, _bench.TimeLimit, _bench.RetryCount) = (true, TimeSpan.FromSeconds(1.5), 0);
        var (task, _, _) = await _bench.AddLargeAsync();

        await _bench.FailAsync(task, IExecErrorId.GatewayError, _bench.Options() with { SkipVerification = !verify });
    }

    [Fact]
    public async Task Does_not_follow_a_redirect_to_another_host()
    {
        var second = await _bench.AddGatewayAsync();
        _bench.Gateway.Faults.RedirectTo = second.Url.ToString().TrimEnd('/');
        var (task, _, _) = await _bench.AddLargeAsync();

        var failure = await Assert.ThrowsAsync<IExecException>(() => _bench.SaveAsync(task, gateways: [_bench.Gateway.Url]));

        Assert.Equal(IExecErrorId.GatewayError, failure.ErrorId);
        Assert.Contains("which is not followed", failure.Message, StringComparison.Ordinal);
        Assert.Empty(second.Requests);
        Assert.Empty(_bench.Files());
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task Takes_no_more_than_the_file_from_a_gateway_that_never_ends(bool car, bool blocks)
    {
        (_bench.Gateway.Faults.OffersCar, _bench.Gateway.Faults.OffersBlocks, _bench.RetryCount) = (car, blocks, 0);
        _bench.Gateway.Faults.Endless = true;
        var (task, file, _) = await _bench.AddLargeAsync();

        if (car)
            _bench.AssertSaved(file, await _bench.SaveAsync(task));
        else
            await _bench.FailAsync(task, IExecErrorId.GatewayError);
    }

    [Fact]
    public async Task Stops_an_endless_plain_file_at_the_limit()
    {
        _bench.Gateway.Faults.Endless = true;
        var (task, _, _) = await _bench.AddLargeAsync();

        await _bench.FailAsync(task, IExecErrorId.ArchiveUnsafe, _bench.Options() with { SkipVerification = true, MaximumLength = 5_000_000 });

        Assert.Empty(_bench.Files());
    }

    [Fact]
    public async Task Refuses_a_file_over_the_limit_before_its_content_comes()
    {
        var (task, _, _) = await _bench.AddLargeAsync();

        await _bench.FailAsync(task, IExecErrorId.ArchiveUnsafe, _bench.Options() with { MaximumLength = 1_000_000 });

        Assert.Empty(_bench.Files());
    }

    [Fact]
    public async Task Refuses_a_file_that_the_disk_has_no_room_for()
    {
        // A root that promises a pebibyte in pieces that nobody has: honest as far as its hash goes.
        var piece = (await _bench.Gateway.Blocks.AddFileAsync(Pattern.Bytes(10), UnixFsLayout.Version1)).Cid;
        var root = _bench.Gateway.Blocks.AddBlock(UnixFsWriter.WriteFile([new(piece, 1L << 49, 10), new(piece, 1L << 49, 10)]));
        _bench.Gateway.Faults.Arrange = blocks => blocks.Take(1);

        var failure = await _bench.FailAsync(ResultBench.TaskAt($"/ipfs/{root}", default), IExecErrorId.FileAccessFailed, _bench.Options() with { MaximumLength = long.MaxValue });

        Assert.StartsWith("There is no room", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_bench.Files());
    }
}
