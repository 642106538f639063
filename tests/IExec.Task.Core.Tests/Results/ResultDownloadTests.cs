using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Results;

namespace IExec.Tasks.CoreTests.Results;

/// <summary>The ways a result comes in, and what stands under its name afterwards, whatever the gateway does.</summary>
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

        AssertSaved(file, saved);
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
    public async Task Proves_every_usual_layout(int layout)
    {
        UnixFsLayout[] layouts = [UnixFsLayout.Version0, UnixFsLayout.Version1, UnixFsLayout.Version1Large];
        var (task, file, _) = await _bench.AddLargeAsync(layout: layouts[layout]);

        AssertSaved(file, await _bench.SaveAsync(task));
    }

    [Fact]
    public async Task Proves_a_file_of_several_levels()
    {
        var (task, file, _) = await _bench.AddLargeAsync(layout: new(1, RawLeaves: true, 1024, 8));

        AssertSaved(file, await _bench.SaveAsync(task));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Fetches_blocks_singly_where_no_CAR_is_offered(bool refuses)
    {
        (_bench.Gateway.Faults.OffersCar, _bench.Gateway.Faults.RefusesFormats) = (false, refuses);
        var (task, file, root) = await _bench.AddLargeAsync(layout: new(0, RawLeaves: false, 64 * 1024, 8));

        AssertSaved(file, await _bench.SaveAsync(task));
        Assert.Equal(_bench.Gateway.Blocks.Walk(root.Cid).Count(), _bench.Gateway.Requests.Count(request => request.Query == "?format=raw"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Imports_the_plain_file_again_where_no_blocks_are_offered(bool refuses)
    {
        (_bench.Gateway.Faults.OffersCar, _bench.Gateway.Faults.OffersBlocks, _bench.Gateway.Faults.RefusesFormats) = (false, false, refuses);
        var (task, file, _) = await _bench.AddLargeAsync(layout: UnixFsLayout.Version1Large);

        AssertSaved(file, await _bench.SaveAsync(task));
        Assert.Equal(["result.zip"], _bench.Files());
    }

    [Fact]
    public async Task Says_when_an_unusual_layout_cannot_be_proved_and_lets_the_digest_decide()
    {
        (_bench.Gateway.Faults.OffersCar, _bench.Gateway.Faults.OffersBlocks) = (false, false);
        var (task, _, _) = await _bench.AddLargeAsync(layout: new(1, RawLeaves: true, 1000, 8));

        var saved = await _bench.SaveAsync(task);

        Assert.Equal((null, true), (saved.Result.CidVerified, saved.Result.DigestVerified));
        Assert.Equal("no gateway offers its blocks, and the file was not imported to IPFS in one of the usual ways", saved.Result.Reason);
    }

    [Fact]
    public async Task Keeps_nothing_that_neither_CID_nor_digest_proves()
    {
        (_bench.Gateway.Faults.OffersCar, _bench.Gateway.Faults.OffersBlocks) = (false, false);
        var task = await _bench.AddAsync(Pattern.Bytes(5000), default, new(1, RawLeaves: true, 1000, 8));

        var failure = await _bench.FailAsync(task, IExecErrorId.ResultCorrupt);

        Assert.StartsWith("Nothing proves that", failure.Message, StringComparison.Ordinal);
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

        AssertSaved(file, await _bench.SaveAsync(task, gateways: [new Uri(_bench.Gateway.Url, "/tenant/7/?key=secret")]));
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
    public async Task Tries_again_after_a_server_error()
    {
        _bench.Gateway.Faults.Statuses.Enqueue(HttpStatusCode.InternalServerError);
        _bench.Gateway.Faults.Statuses.Enqueue(HttpStatusCode.TooManyRequests);
        var (task, file, _) = await _bench.AddLargeAsync(100_000);

        AssertSaved(file, await _bench.SaveAsync(task));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task Goes_on_after_a_connection_cut_in_the_middle(bool car, bool blocks)
    {
        (_bench.Gateway.Faults.OffersCar, _bench.Gateway.Faults.OffersBlocks, _bench.Gateway.Faults.RefusesFormats) = (car, blocks, true);
        var (task, file, _) = await _bench.AddLargeAsync();
        _bench.Gateway.Faults.CutAfter = blocks && !car ? 50_000 : file.Length / 2;

        AssertSaved(file, await _bench.SaveAsync(task));

        // What was on its way when the connection was cut is lost, and comes again.
        Assert.True(_bench.Gateway.BytesSent < file.Length * 1.8, "What had come was fetched again.");
    }

    [Fact]
    public async Task Goes_on_with_the_next_gateway()
    {
        var second = await _bench.AddGatewayAsync();
        _bench.Gateway.Faults.Silent = true;
        _bench.TimeLimit = TimeSpan.FromSeconds(1);
        _bench.RetryCount = 0;
        var (task, file, _) = await _bench.AddLargeAsync();

        AssertSaved(file, await _bench.SaveAsync(task));
        Assert.Single(second.Requests);
    }

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

            Assert.Contains("nothing of it was kept", failure.Message, StringComparison.Ordinal);
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
    public async Task Takes_the_right_bits_from_the_next_gateway()
    {
        var second = await _bench.AddGatewayAsync();
        var (task, file, root) = await _bench.AddLargeAsync();
        _bench.Gateway.Faults.Flipped.Add(_bench.Gateway.Blocks.Walk(root.Cid).Last());

        AssertSaved(file, await _bench.SaveAsync(task));
        Assert.NotEmpty(second.Requests);
    }

    [Theory]
    [InlineData("reversed")]
    [InlineData("missing")]
    [InlineData("foreign")]
    [InlineData("none")]
    public async Task Fetches_singly_what_a_CAR_has_in_the_wrong_place(string fault)
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

        AssertSaved(file, await _bench.SaveAsync(task));
    }

    [Fact]
    public async Task Fails_on_a_CAR_in_another_order_where_there_is_nothing_else()
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
    public async Task Is_not_satisfied_with_a_body_that_ends_early()
    {
        var (task, file, _) = await _bench.AddLargeAsync();
        _bench.Gateway.Faults.EndCarAfter = 1_000_000;

        AssertSaved(file, await _bench.SaveAsync(task));
    }

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
            AssertSaved(file, await _bench.SaveAsync(task));
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

    [Fact]
    public async Task Goes_on_with_what_a_cancelled_download_left()
    {
        var (task, file, _) = await _bench.AddLargeAsync(ResultBench.LengthToStopIn);
        await StopInTheMiddleAsync(task, _bench.Options(), file);

        Assert.Equal(["result.zip.partial"], _bench.Files());
        _bench.Gateway.ClearRecord();
        AssertSaved(file, await _bench.SaveAsync(task));
        Assert.True(_bench.Gateway.BytesSent < file.Length * 0.7, $"{_bench.Gateway.BytesSent} bytes were sent for a half.");
        Assert.Equal(["result.zip"], _bench.Files());
    }

    [Fact]
    public async Task Proves_what_is_left_before_it_goes_on()
    {
        var (task, file, _) = await _bench.AddLargeAsync();
        var left = file[..2_000_000];
        left[700_000] ^= 1;
        File.WriteAllBytes(_bench.Target + ".partial", left);

        AssertSaved(file, await _bench.SaveAsync(task));
        Assert.True(_bench.Gateway.BytesSent < file.Length * 0.7, $"{_bench.Gateway.BytesSent} bytes were sent for a third.");
    }

    [Fact]
    public async Task Begins_anew_where_what_is_left_is_something_else_and_only_CARs_are_offered()
    {
        _bench.Gateway.Faults.OffersBlocks = false;
        var (task, file, _) = await _bench.AddLargeAsync();
        File.WriteAllBytes(_bench.Target + ".partial", new byte[5_000_000]);

        AssertSaved(file, await _bench.SaveAsync(task));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("no ranges", false)]
    [InlineData("no note", false)]
    [InlineData("other tag", false)]
    [InlineData("other location", false)]
    public async Task Goes_on_with_a_plain_download_only_where_it_is_surely_the_same_file(string difference, bool goesOn)
    {
        var (task, file, root) = await _bench.AddLargeAsync(ResultBench.LengthToStopIn);
        var options = _bench.Options() with { SkipVerification = true };
        await StopInTheMiddleAsync(task, options, file);
        var note = _bench.Target + ".partial.json";
        Assert.Equal(["result.zip.partial", "result.zip.partial.json"], _bench.Files());
        switch (difference)
        {
            case "no ranges":
                _bench.Gateway.Faults.OffersRanges = false;
                break;
            case "no note":
                File.Delete(note);
                break;
            case "other tag":
                File.WriteAllText(note, File.ReadAllText(note).Replace($"u0022{root.Cid}", "u0022other", StringComparison.Ordinal));
                break;
            case "other location":
                File.WriteAllText(note, File.ReadAllText(note).Replace("/ipfs/", "/ipfs/other", StringComparison.Ordinal));
                break;
        }

        _bench.Gateway.ClearRecord();
        var saved = await _bench.SaveAsync(task, options);

        Assert.Equal(file, File.ReadAllBytes(_bench.Target));
        Assert.Equal((null, true), (saved.Result.CidVerified, saved.Result.DigestVerified));
        Assert.Equal(goesOn, _bench.Gateway.BytesSent < file.Length * 0.7);
        Assert.Equal(["result.zip"], _bench.Files());
    }

    [Fact]
    public async Task Reports_how_far_it_is()
    {
        var (task, file, _) = await _bench.AddLargeAsync();
        _bench.Gateway.Faults.PauseAfter = file.Length - 10;
        var reports = new System.Collections.Concurrent.ConcurrentQueue<ResultProgress>();
        var saving = _bench.SaveAsync(task, progress: new Reporting(reports.Enqueue));
        await Task.Delay(500);
        _bench.Gateway.Faults.Resume();
        await saving;

        Assert.Contains(reports, report => report.Stage == ResultStage.Downloading && report.Total == file.Length && report.Done > 0 && report.BytesPerSecond > 0);
    }

    private async Task StopInTheMiddleAsync(IExecTask task, ResultSaveOptions options, byte[] file)
    {
        using var stop = new CancellationTokenSource();
        _bench.Gateway.Faults.PauseAfter = file.Length / 2;
        var saving = _bench.SaveAsync(task, options, cancellationToken: stop.Token);
        while (!File.Exists(_bench.Target + ".partial") || new FileInfo(_bench.Target + ".partial").Length < file.Length / 3)
            await Task.Delay(20);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saving);
        _bench.Gateway.Faults.Resume();
        Assert.False(File.Exists(_bench.Target));
    }

    private void AssertSaved(byte[] file, SavedResult saved)
    {
        Assert.Equal((true, true, null), (saved.Result.CidVerified, saved.Result.DigestVerified, saved.Result.Reason));
        Assert.Empty(saved.Warnings);
        Assert.Equal((_bench.Target, (long)file.Length), (saved.Result.Path, saved.Result.Length));
        Assert.True(file.AsSpan().SequenceEqual(File.ReadAllBytes(_bench.Target)), "The file is another one.");
    }

    private sealed class Reporting(Action<ResultProgress> report) : IProgress<ResultProgress>
    {
        public void Report(ResultProgress value) => report(value);
    }
}
