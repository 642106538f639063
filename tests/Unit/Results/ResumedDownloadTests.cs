using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Results.Saving;

namespace IExec.Tasks.UnitTests.Results;

/// <summary>Downloads that resume an earlier one.</summary>
public sealed class ResumedDownloadTests : IAsyncLifetime
{
    private ResultBench _bench = null!;

    public async Task InitializeAsync() => _bench = await ResultBench.StartAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Resumes_a_cancelled_download()
    {
        var (task, file, _) = await _bench.AddLargeAsync(ResultBench.LengthToStopIn);
        await StopInTheMiddleAsync(task, _bench.Options(), file);

        Assert.Equal(["result.zip.partial"], _bench.Files());
        _bench.Gateway.ClearRecord();
        _bench.AssertSaved(file, await _bench.SaveAsync(task));
        Assert.True(_bench.Gateway.BytesSent < file.Length * 0.7, $"{_bench.Gateway.BytesSent} bytes were sent for a half.");
        Assert.Equal(["result.zip"], _bench.Files());
    }

    [Fact]
    public async Task Verifies_a_partial_download_before_it_resumes()
    {
        var (task, file, _) = await _bench.AddLargeAsync();
        var left = file[..2_000_000];
        left[700_000] ^= 1;
        File.WriteAllBytes(_bench.Target + ".partial", left);

        _bench.AssertSaved(file, await _bench.SaveAsync(task));
        Assert.True(_bench.Gateway.BytesSent < file.Length * 0.7, $"{_bench.Gateway.BytesSent} bytes were sent for a third.");
    }

    [Fact]
    public async Task Starts_over_when_the_partial_download_is_wrong_and_only_CARs_are_served()
    {
        _bench.Gateway.Faults.OffersBlocks = false;
        var (task, file, _) = await _bench.AddLargeAsync();
        File.WriteAllBytes(_bench.Target + ".partial", new byte[5_000_000]);

        _bench.AssertSaved(file, await _bench.SaveAsync(task));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("no ranges", false)]
    [InlineData("no note", false)]
    [InlineData("other tag", false)]
    [InlineData("other location", false)]
    public async Task Resumes_a_plain_download_only_if_it_is_the_same_file(string difference, bool goesOn)
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

    private async Task StopInTheMiddleAsync(IExecTask task, ResultSaveOptions options, byte[] file)
    {
        using var stop = new CancellationTokenSource();
        _bench.Gateway.Faults.PauseAfter = file.Length / 2;
        var saving = _bench.SaveAsync(task, options, cancellationToken: stop.Token);
        while (_bench.Gateway.BytesSent < file.Length / 2 || new FileInfo(_bench.Target + ".partial") is not { Exists: true } left || left.Length < file.Length / 3)
            await Task.Delay(20);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => saving);
        Assert.False(File.Exists(_bench.Target)); // the answer stays where it paused, so that nothing of it counts as sent for the rest
    }
}
