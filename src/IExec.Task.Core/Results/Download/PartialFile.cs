using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Results.Archives;
using IExec.Tasks.Results.Ipfs;

namespace IExec.Tasks.Results.Download;

/// <summary>
/// The file that a download is written to, beside its target. What an earlier run left in it is not trusted:
/// each leaf is verified by its CID before it is kept, so it does not matter how that run ended, or what it downloaded.
/// </summary>
internal sealed class PartialFile : IDisposable
{
    private readonly FileStream _stream;
    private readonly WriteBehind _writer;
    private readonly DownloadingArchive _arriving;

    /// <summary>Opens or creates the file for exclusive use. A link of that name is deleted, not followed.</summary>
    /// <param name="path">The path.</param>
    /// <param name="maximumLength">The most bytes to expand, when it is an archive.</param>
    public PartialFile(string path, long maximumLength)
    {
        Path = path;
        _stream = LocalFiles.Use(path, () =>
        {
            if (LocalFiles.IsLink(path))
                File.Delete(path);
            var mode = File.Exists(path) ? FileMode.Open : FileMode.CreateNew;
            return new FileStream(path, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        });
        _writer = new WriteBehind(_stream, _arriving = new DownloadingArchive(maximumLength));
        LeftLength = _stream.Length;
    }

    /// <summary>The path.</summary>
    public string Path { get; }

    /// <summary>The number of bytes that an earlier attempt left.</summary>
    public long LeftLength { get; private set; }

    /// <summary>Whether the bytes left at this offset are the leaf with this CID, so that it need not be fetched.</summary>
    public async ValueTask<bool> HoldsLeafAsync(Cid cid, long offset, long length, CancellationToken cancellationToken)
    {
        if (offset + length > LeftLength || length > UnixFsNode.MaximumBlockLength || cid.IsInline)
            return false;

        await FlushAsync().ConfigureAwait(false);
        var buffer = ArrayPool<byte>.Shared.Rent((int)length);
        try
        {
            _stream.Position = offset;
            for (var filled = 0; filled < (int)length;)
            {
                var read = _stream.ReadAsync(buffer.AsMemory(filled, (int)length - filled), cancellationToken);
                var count = await LocalFiles.UseAsync(Path, read).ConfigureAwait(false);
                if (count == 0)
                    return false;
                filled += count;
            }

            return IsLeaf(cid, buffer, (int)length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Writes content to its place in the file.</summary>
    public ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        LocalFiles.UseAsync(Path, _writer.WriteAsync(offset, content, cancellationToken));

    /// <summary>Cuts the file to its final length and flushes it.</summary>
    public async Task CompleteAsync(long length)
    {
        await FlushAsync().ConfigureAwait(false);
        LocalFiles.Use(Path, () =>
        {
            _stream.SetLength(length);
            _stream.Flush();
        });
    }

    /// <summary>What was learned of the entries while the file came, if it is an archive.</summary>
    public Task<IReadOnlyDictionary<long, EntryHash>> HashesAsync() => _arriving.CompleteAsync(LocalFiles.Use(Path, () => _stream.Length));

    /// <summary>Computes the CID that the file gets when it is imported in this layout.</summary>
    public async Task<Cid> ImportAsync(UnixFsLayout layout, TransferMeter meter, CancellationToken cancellationToken)
    {
        _stream.Position = 0;
        try
        {
            return (await new UnixFsBuilder(layout, meter).BuildAsync(_stream, cancellationToken).ConfigureAwait(false)).Cid;
        }
        catch (IOException e)
        {
            throw LocalFiles.Failure(Path, e);
        }
    }

    /// <summary>Empties the file.</summary>
    public async Task ClearAsync()
    {
        await _writer.DiscardAsync().ConfigureAwait(false);
        LocalFiles.Use(Path, () =>
        {
            // Linux writes a file that was cut to nothing to the disk as soon as it is closed, which takes longer than the download.
            if (_stream.Length > 0)
                _stream.SetLength(0);
        });
        LeftLength = 0;
    }

    /// <summary>Keeps what this attempt has written for the next one.</summary>
    public async Task KeepAsync()
    {
        await FlushAsync().ConfigureAwait(false);
        LeftLength = LocalFiles.Use(Path, () => _stream.Length);
    }

    /// <summary>Writes what has arrived, and closes the file, so that the next run can continue.</summary>
    public void Dispose()
    {
        try
        {
            FlushAsync().AsTask().GetAwaiter().GetResult();
        }
        catch (IExecException)
        {
            // The failure was reported when it happened; what is not in the file is fetched again.
        }

        _arriving.Dispose();
        _writer.Dispose();
        _stream.Dispose();
    }

    private ValueTask FlushAsync() => LocalFiles.UseAsync(Path, _writer.FlushAsync());

    private static bool IsLeaf(Cid cid, byte[] content, int length)
    {
        if (cid.Codec == Cid.Raw)
            return cid.Names(content.AsSpan(0, length));

        // A dag-pb leaf is the content in a frame that is the same for every importer.
        var (before, after) = UnixFsWriter.FrameLeaf(length);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        hash.AppendData(content, 0, length);
        hash.AppendData(after);
        return cid.Digest.Span.SequenceEqual(hash.GetHashAndReset());
    }
}
