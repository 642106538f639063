using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Results.Archives;

namespace IExec.Tasks.Results.Download;

/// <summary>
/// Hashes the entries of a zip archive on a thread of its own while the archive is downloaded, so that it need not be read again to be verified.
/// Measured with a gateway at 50 MB/s: 217 MB that expand to twice as much are saved in 4.3 s, and in 6.9 s when they are verified afterwards; 200 MB that do
/// not compress in 4.0 s and 4.2 s, and from an unlimited gateway on the same machine in 0.59 s and 0.71 s.
/// Anything unusual (content out of order, not an archive, an unusual entry) only means fewer hashes: the file is read for a hash that is missing.
/// </summary>
/// <param name="maximumLength">The most bytes to expand.</param>
internal sealed class DownloadingArchive(long maximumLength) : IDisposable
{
    private readonly DownloadingStream _stream = new();
    private Task<IReadOnlyDictionary<long, EntryHash>>? _hashing;
    private long _length;
    private bool _isBroken;

    /// <summary>Takes a buffer with the content at this offset of the file, and returns another buffer for it.</summary>
    public byte[] Pass(long offset, byte[] buffer, int count)
    {
        _isBroken |= offset != _length;
        if (_isBroken)
            return buffer;

        _hashing ??= Task.Factory.StartNew(HashEntries, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _length += count;
        return _stream.Exchange(buffer, count);
    }

    /// <summary>The hashes by the positions of the entries, after the whole file has arrived.</summary>
    /// <param name="length">The length of the file; there are no hashes when it is not that of what arrived.</param>
    public async Task<IReadOnlyDictionary<long, EntryHash>> CompleteAsync(long length)
    {
        _stream.Complete();
        return _hashing is null || _isBroken || length != _length ? EntryHash.None : await _hashing.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Abandon();

    private IReadOnlyDictionary<long, EntryHash> HashEntries()
    {
        var hashes = new Dictionary<long, EntryHash>();
        try
        {
            var reader = new ZipForwardReader(_stream, maximumLength);
            while (reader.ReadEntry() is { } entry)
                hashes.Add(entry.HeaderOffset, entry);
        }
        catch (InvalidDataException)
        {
            // What is wrong is reported when the file is read.
        }
        finally
        {
            _stream.Dispose();
        }

        return hashes;
    }
}
