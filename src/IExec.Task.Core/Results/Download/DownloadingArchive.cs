using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Results.Archives;

namespace IExec.Tasks.Results.Download;

/// <summary>
/// Hashes a zip archive's entries on a thread of their own while the archive arrives, so that it need not be read again to be verified.
/// Whatever is out of the ordinary (content out of order, no archive, an unusual entry) only means that there are fewer hashes:
/// who needs one that is not there reads the file.
/// </summary>
/// <param name="maximumLength">The most bytes to expand.</param>
internal sealed class DownloadingArchive(long maximumLength) : IDisposable
{
    private readonly DownloadingStream _stream = new();
    private Task<IReadOnlyDictionary<long, EntryHash>>? _hashing;
    private long _length;
    private bool _isBroken;

    /// <summary>Takes a buffer of what comes at this place of the file, and gives another one for it.</summary>
    public byte[] Pass(long offset, byte[] buffer, int count)
    {
        _isBroken |= offset != _length;
        if (_isBroken)
            return buffer;

        _hashing ??= Task.Factory.StartNew(HashEntries, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _length += count;
        return _stream.Exchange(buffer, count);
    }

    /// <summary>The hashes by where the entries begin, after everything has come.</summary>
    /// <param name="length">The file's length; when something else came, there are none.</param>
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
            // The file says better what is wrong with it when it is read.
        }
        finally
        {
            _stream.Dispose();
        }

        return hashes;
    }
}
