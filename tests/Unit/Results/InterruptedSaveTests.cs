using System;
using System.IO;
using System.Threading.Tasks;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Results.Saving;

namespace IExec.Tasks.UnitTests.Results;

/// <summary>The files on disk when the process is killed or the disk is full, and how the next run resumes.</summary>
public sealed class InterruptedSaveTests : IAsyncLifetime
{
    private ResultBench _bench = null!;

    private string Partial => _bench.Target + ".partial";

    public async Task InitializeAsync() => _bench = await ResultBench.StartAsync();

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Resumes_the_download_of_a_killed_process(bool skipVerification)
    {
        var (task, file, _) = await _bench.AddLargeAsync(ResultBench.LengthToStopIn);
        _bench.Gateway.Faults.PauseAfter = file.Length / 2;
        using (var process = SaveProcess.Start(_bench.Gateway.Url, task, _bench.Target, skipVerification))
        {
            for (var i = 0; i < 3000 && !(File.Exists(Partial) && new FileInfo(Partial).Length > file.Length / 3); i++)
                await Task.Delay(20);
            process.Kill();
            await process.WaitForExitAsync();
        }

        // The gateway's response to the killed process stays paused, so that it does not count below.
        Assert.False(File.Exists(_bench.Target));
        Assert.InRange(new FileInfo(Partial).Length, file.Length / 3, file.Length / 2 + 1);
        _bench.Gateway.ClearRecord();

        var saved = await _bench.SaveAsync(task, _bench.Options() with { SkipVerification = skipVerification });

        Assert.Equal((skipVerification ? null : true, true), (saved.Result.CidVerified, saved.Result.DigestVerified));
        Assert.Equal(file, await File.ReadAllBytesAsync(_bench.Target));
        Assert.True(_bench.Gateway.BytesSent < file.Length * 0.8, $"{_bench.Gateway.BytesSent} bytes were sent for the rest.");
        Assert.Equal(["result.zip"], _bench.Files());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Leaves_no_wrong_file_when_the_disk_is_full(bool skipVerification)
    {
        if (OperatingSystem.IsWindows())
            return; // there is no such limit on a process; the write fails with the same IOException

        var (task, file, _) = await _bench.AddLargeAsync();

        // A limit on the length of files, in KiB, fails the write in the middle as a full disk does.
        using var process = SaveProcess.Start(
            _bench.Gateway.Url, task, _bench.Target, skipVerification, "bash", "-c", "trap '' XFSZ; ulimit -f 1500; exec \"$@\"", "bash");
        var error = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(nameof(IExecErrorId.FileAccessFailed), error.Trim());
        Assert.False(File.Exists(_bench.Target));

        await _bench.SaveAsync(task, _bench.Options() with { SkipVerification = skipVerification });
        Assert.Equal(file, await File.ReadAllBytesAsync(_bench.Target));
    }

    [Fact]
    public async Task Says_that_the_folder_cannot_be_written()
    {
        var (task, _, _) = await _bench.AddLargeAsync(1000);
        Directory.CreateDirectory(Partial);

        await _bench.FailAsync(task, IExecErrorId.FileAccessFailed);
    }

    [Fact]
    public async Task Does_not_disturb_another_save_to_the_same_file()
    {
        var (task, file, _) = await _bench.AddLargeAsync(ResultBench.LengthToStopIn);
        _bench.Gateway.Faults.PauseAfter = file.Length / 2;
        var first = _bench.SaveAsync(task);
        while (!File.Exists(Partial) || new FileInfo(Partial).Length < file.Length / 3)
            await Task.Delay(20);

        await _bench.FailAsync(task, IExecErrorId.FileAccessFailed);
        _bench.Gateway.Faults.Resume();

        Assert.True((await first).Result.CidVerified);
        Assert.Equal(file, await File.ReadAllBytesAsync(_bench.Target));
    }

    [Fact]
    public async Task Leaves_no_file_when_callback_bytes_cannot_be_moved_to_the_target()
    {
        var digest = new Bytes32(Keccak256.Hash([1, 2, 3]));
        var task = ResultBench.TaskAt(null, digest, callback: "0x010203", storage: "none");
        var plan = ResultPlan.Create(task, _bench.Options());
        Directory.CreateDirectory(_bench.Target); // something has come to be there since the plan was made

        var failure = await Assert.ThrowsAsync<IExecException>(() => _bench.SaveAsync(plan));

        Assert.Equal(IExecErrorId.ResultExists, failure.ErrorId);
        Assert.Equal(["result.zip"], _bench.Files());
    }
}
