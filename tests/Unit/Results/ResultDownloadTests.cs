using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using IExec.Tasks.Results;
using IExec.Tasks.Results.Ipfs;

namespace IExec.Tasks.UnitTests.Results;

/// <summary>The ways to download a result, and recovery from temporary failures.</summary>
public sealed class ResultDownloadTests : IAsyncLifetime
{
    private ResultBench _bench = null!;

    public async Task InitializeAsync() => _bench = await ResultBench.StartAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Streams_a_CAR_in_one_request()
    {
        var (task, file, root) = await _bench.AddLargeAsync();

        var saved = await _bench.SaveAsync(task);

        _bench.AssertSaved(file, saved);
        var request = Assert.Single(_bench.Gateway.Requests);
        Assert.Equal($"/ipfs/{root.Cid}", request.Path);
        Assert.Equal("?format=car&dag-scope=entity", request.Query);
        Assert.Equal("application/vnd.ipld.car; version=1; order=dfs; dups=y", request.Accept);
        Assert.Equal(["result.zip"], _bench.Files());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Verifies_every_usual_layout(int layout)
    {
        UnixFsLayout[] layouts = [UnixFsLayout.Version0, UnixFsLayout.Version1, UnixFsLayout.Version1Large];
        var (task, file, _) = await _bench.AddLargeAsync(layout: layouts[layout]);

        _bench.AssertSaved(file, await _bench.SaveAsync(task));
    }

    [Fact]
    public async Task Verifies_a_file_of_several_levels()
    {
        var (task, file, _) = await _bench.AddLargeAsync(layout: new(1, RawLeaves: true, 1024, 8));

        _bench.AssertSaved(file, await _bench.SaveAsync(task));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fetches_single_blocks_where_no_CAR_is_served(bool refuses)
    {
        (_bench.Gateway.Faults.OffersCar, _bench.Gateway.Faults.RefusesFormats) = (false, refuses);
        var (task, file, root) = await _bench.AddLargeAsync(layout: new(0, RawLeaves: false, 64 * 1024, 8));

        _bench.AssertSaved(file, await _bench.SaveAsync(task));
        Assert.Equal(_bench.Gateway.Blocks.Walk(root.Cid).Count(), _bench.Gateway.Requests.Count(request => request.Query == "?format=raw"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Computes_the_CID_of_the_plain_file_where_no_blocks_are_served(bool refuses)
    {
        (_bench.Gateway.Faults.OffersCar, _bench.Gateway.Faults.OffersBlocks, _bench.Gateway.Faults.RefusesFormats) = (false, false, refuses);
        var (task, file, _) = await _bench.AddLargeAsync(layout: UnixFsLayout.Version1Large);

        _bench.AssertSaved(file, await _bench.SaveAsync(task));
        Assert.Equal(["result.zip"], _bench.Files());
    }

    [Fact]
    public async Task Says_when_an_unusual_layout_cannot_be_verified_and_lets_the_digest_decide()
    {
        (_bench.Gateway.Faults.OffersCar, _bench.Gateway.Faults.OffersBlocks) = (false, false);
        var (task, _, _) = await _bench.AddLargeAsync(layout: new(1, RawLeaves: true, 1000, 8));

        var saved = await _bench.SaveAsync(task);

        Assert.Equal((null, true), (saved.Result.CidVerified, saved.Result.DigestVerified));
        Assert.Equal("no gateway serves its blocks, and the CID cannot be reproduced with known UnixFS layouts", saved.Result.Reason);
    }

    [Fact]
    public async Task Keeps_nothing_that_neither_CID_nor_digest_verifies()
    {
        (_bench.Gateway.Faults.OffersCar, _bench.Gateway.Faults.OffersBlocks) = (false, false);
        var task = await _bench.AddAsync(Pattern.Bytes(5000), default, new(1, RawLeaves: true, 1000, 8));

        var failure = await _bench.FailAsync(task, IExecErrorId.ResultCorrupt);

        Assert.StartsWith("The file from ", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_bench.Files());
    }

    [Fact]
    public async Task Follows_a_path_through_directories()
    {
        var output = Pattern.Bytes(600_000);
        var file = await _bench.Gateway.Blocks.AddFileAsync(output, UnixFsLayout.Version0);
        var inner = _bench.Gateway.Blocks.AddDirectory(new("übung & more.zip", file), new UnixFsEntry("b", file));
        var outer = _bench.Gateway.Blocks.AddDirectory(new UnixFsEntry("out", inner));
        var task = ResultBench.TaskAt($"/ipfs/{outer.Cid}/out/übung & more.zip", default);

        var saved = await _bench.SaveAsync(task);

        Assert.True(saved.Result.CidVerified);
        Assert.Equal(output, File.ReadAllBytes(_bench.Target));
    }

    [Fact]
    public async Task Keeps_the_path_of_a_gateway_that_has_one()
    {
        _bench.Gateway.Faults.PathPrefix = "/tenant/7";
        var (task, file, _) = await _bench.AddLargeAsync(100_000);

        _bench.AssertSaved(file, await _bench.SaveAsync(task, gateways: [new Uri(_bench.Gateway.Url, "/tenant/7/?key=secret")]));
        Assert.StartsWith("?key=secret&format=car", _bench.Gateway.Requests[0].Query, StringComparison.Ordinal);
        Assert.DoesNotContain(_bench.Messages, message => message.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Says_that_the_content_is_not_there()
    {
        var task = ResultBench.TaskAt("/ipfs/QmXoypizjW3WknFiJnKLwHCnL72vedxjQkDDP1mXWo6uco", default);

        var failure = await _bench.FailAsync(task, IExecErrorId.GatewayError);

        Assert.Contains("HTTP status 404", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_bench.Files());
    }

    [Fact]
    public async Task Retries_after_a_server_error()
    {
        _bench.Gateway.Faults.Statuses.Enqueue(HttpStatusCode.InternalServerError);
        _bench.Gateway.Faults.Statuses.Enqueue(HttpStatusCode.TooManyRequests);
        var (task, file, _) = await _bench.AddLargeAsync(100_000);

        _bench.AssertSaved(file, await _bench.SaveAsync(task));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Resumes_after_a_connection_is_cut(bool car, bool blocks)
    {
        (_bench.Gateway.Faults.OffersCar, _bench.Gateway.Faults.OffersBlocks, _bench.Gateway.Faults.RefusesFormats) = (car, blocks, true);
        var (task, file, _) = await _bench.AddLargeAsync();
        _bench.Gateway.Faults.CutAfter = blocks && !car ? 50_000 : file.Length / 2;

        _bench.AssertSaved(file, await _bench.SaveAsync(task));

        // Data in transit when the connection was cut is lost, and sent again.
        Assert.True(_bench.Gateway.BytesSent < file.Length * 1.8, "What had come was fetched again.");
    }

    [Fact]
    public async Task Fails_over_to_the_next_gateway()
    {
        var second = await _bench.AddGatewayAsync();
        _bench.Gateway.Faults.Silent = true;
        _bench.TimeLimit = TimeSpan.FromSeconds(1);
        _bench.RetryCount = 0;
        var (task, file, _) = await _bench.AddLargeAsync();

        _bench.AssertSaved(file, await _bench.SaveAsync(task));
        Assert.Single(second.Requests);
    }

    [Fact]
    public async Task Reports_progress()
    {
        var (task, file, _) = await _bench.AddLargeAsync();
        _bench.Gateway.Faults.PauseAfter = file.Length - 10;
        var reports = new System.Collections.Concurrent.ConcurrentQueue<ResultProgress>();
        var saving = _bench.SaveAsync(task, progress: new Reporting(reports.Enqueue));
        await Task.Delay(500);
        _bench.Gateway.Faults.Resume();
        await saving;

        Assert.Contains(reports, report => report.Stage == SaveStage.Downloading && report.Total == file.Length && report.Done > 0 && report.BytesPerSecond > 0);
    }

    private sealed class Reporting(Action<ResultProgress> report) : IProgress<ResultProgress>
    {
        public void Report(ResultProgress value) => report(value);
    }
}
