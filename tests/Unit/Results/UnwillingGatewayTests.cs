using System;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Results.Ipfs;

namespace IExec.Tasks.UnitTests.Results;

/// <summary>Gateways that are slow, redirect elsewhere, or send too much.</summary>
public sealed class UnwillingGatewayTests : IAsyncLifetime
{
    private ResultBench _bench = null!;

    public async Task InitializeAsync() => _bench = await ResultBench.StartAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    /// <summary>The gateway by a name that has subdomains: every name under localhost is this machine (RFC 6761).</summary>
    private Uri LocalhostUrl => new($"http://localhost:{_bench.Gateway.Url.Port}/");

    [Fact]
    public async Task Abandons_a_gateway_that_never_responds()
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
    public async Task Abandons_a_gateway_that_sends_ten_bytes_a_second(bool verify)
    {
        (_bench.Gateway.Faults.Trickles, _bench.TimeLimit, _bench.RetryCount) = (true, TimeSpan.FromSeconds(0.5), 0);
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
    [InlineData(true)]
    [InlineData(false)]
    public async Task Follows_a_redirect_to_the_gateways_own_subdomain(bool verify)
    {
        var (task, file, root) = await _bench.AddLargeAsync(layout: UnixFsLayout.Version1);
        _bench.Gateway.Faults.RedirectsToSubdomain = true;

        var saved = await _bench.SaveAsync(task, _bench.Options() with { SkipVerification = !verify }, gateways: [LocalhostUrl]);

        Assert.Equal(verify ? true : null, saved.Result.CidVerified);
        Assert.Equal(file, System.IO.File.ReadAllBytes(_bench.Target));
        Assert.Contains(_bench.Gateway.Requests, request => request.Host.StartsWith($"{root.Cid}.ipfs.localhost", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://{0}.ipfs.localhost:{1}", true)] // another content's subdomain
    [InlineData("http://{0}.ipns.localhost:{1}", false)]
    [InlineData("http://{0}.ipfs.elsewhere.localhost:{1}", false)]
    [InlineData("http://{0}.ipfs.localhost:1", false)]
    [InlineData("https://{0}.ipfs.localhost:{1}", false)]
    [InlineData("http://{0}.ipfs.localhost.:{1}", false)]
    [InlineData("http://x.{0}.ipfs.localhost:{1}", false)]
    public async Task Does_not_follow_a_redirect_to_what_only_looks_like_its_subdomain(string form, bool otherContent)
    {
        var (task, _, root) = await _bench.AddLargeAsync(layout: UnixFsLayout.Version1);
        var cid = otherContent ? (await _bench.Gateway.Blocks.AddFileAsync(Pattern.Bytes(10), UnixFsLayout.Version1)).Cid : root.Cid;
        _bench.Gateway.Faults.RedirectTo = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, cid, _bench.Gateway.Url.Port);

        var failure = await Assert.ThrowsAsync<IExecException>(() => _bench.SaveAsync(task, gateways: [LocalhostUrl]));

        Assert.Equal(IExecErrorId.GatewayError, failure.ErrorId);
        Assert.Contains("which is not followed", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_bench.Gateway.Requests, request => request.Host.Contains("ip", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ipfs")]
    [InlineData("ipfs/")]
    [InlineData("")]
    public async Task Accepts_a_gateways_URL_with_and_without_its_path_prefix(string path)
    {
        var (task, file, _) = await _bench.AddLargeAsync();

        _bench.AssertSaved(file, await _bench.SaveAsync(task, gateways: [new(_bench.Gateway.Url, path)]));
    }

    [Theory]
    [InlineData(true, "application/octet-stream")]
    [InlineData(true, "")]
    [InlineData(false, "application/octet-stream")]
    [InlineData(false, "")]
    public async Task Accepts_valid_blocks_with_any_content_type(bool car, string type)
    {
        (_bench.Gateway.Faults.OffersCar, _bench.Gateway.Faults.RefusesFormats, _bench.Gateway.Faults.ContentType) = (car, true, type);
        var (task, file, _) = await _bench.AddLargeAsync();

        _bench.AssertSaved(file, await _bench.SaveAsync(task));
        Assert.All(_bench.Gateway.Requests, request => Assert.StartsWith("?format=", request.Query, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task Reads_only_the_file_from_an_endless_response(bool car, bool blocks)
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
    public async Task Rejects_a_file_over_the_limit_before_its_content_comes()
    {
        var (task, _, _) = await _bench.AddLargeAsync();

        await _bench.FailAsync(task, IExecErrorId.ArchiveUnsafe, _bench.Options() with { MaximumLength = 1_000_000 });

        Assert.Empty(_bench.Files());
    }

    [Fact]
    public async Task Rejects_a_file_that_does_not_fit_on_the_disk()
    {
        // A root that promises a pebibyte in pieces that nobody has: honest as far as its hash goes.
        var piece = (await _bench.Gateway.Blocks.AddFileAsync(Pattern.Bytes(10), UnixFsLayout.Version1)).Cid;
        var root = _bench.Gateway.Blocks.AddBlock(UnixFsWriter.WriteFile([new(piece, 1L << 49, 10), new(piece, 1L << 49, 10)]));
        _bench.Gateway.Faults.Arrange = blocks => blocks.Take(1);

        var failure = await _bench.FailAsync(ResultBench.TaskAt($"/ipfs/{root}", default), IExecErrorId.FileAccessFailed, _bench.Options() with { MaximumLength = long.MaxValue });

        Assert.StartsWith("There is not enough disk space", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_bench.Files());
    }
}
