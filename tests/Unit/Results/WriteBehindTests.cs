using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Results.Download;

namespace IExec.Tasks.UnitTests.Results;

public sealed class WriteBehindTests
{
    [Fact]
    public async Task Writes_everything_while_the_download_pauses()
    {
        using var disk = new SlowDisk();
        using var arriving = new DownloadingArchive(0);
        using var writer = new WriteBehind(disk, arriving);

        await writer.WriteAsync(0, new byte[10], default);
        disk.Begun.Wait();
        await writer.WriteAsync(10, new byte[20], default); // comes while the disk is busy
        disk.Ready.Release(2);

        Assert.True(SpinWait.SpinUntil(() => disk.Length == 30, TimeSpan.FromSeconds(30)));
        await writer.FlushAsync();
    }

    [Fact]
    public async Task Reports_a_failure_until_it_is_discarded()
    {
        using var disk = new SlowDisk { Fails = true };
        using var arriving = new DownloadingArchive(0);
        using var writer = new WriteBehind(disk, arriving);
        disk.Ready.Release(10);

        await writer.WriteAsync(0, new byte[10], default);
        await Assert.ThrowsAsync<IOException>(async () => await writer.FlushAsync());
        await Assert.ThrowsAsync<IOException>(async () => await writer.WriteAsync(10, new byte[10], default));

        disk.Fails = false;
        await writer.DiscardAsync();
        await writer.WriteAsync(0, new byte[5], default);
        await writer.FlushAsync();
        Assert.Equal(5, disk.Length);
    }

    private sealed class SlowDisk : MemoryStream
    {
        public SemaphoreSlim Begun { get; } = new(0);

        public SemaphoreSlim Ready { get; } = new(0);

        public bool Fails { get; set; }

        public override void Write(byte[] buffer, int offset, int count)
        {
            Begun.Release();
            Ready.Wait();
            if (Fails)
                throw new IOException("full");
            base.Write(buffer, offset, count);
        }
    }
}
