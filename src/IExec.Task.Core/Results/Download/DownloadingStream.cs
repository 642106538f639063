using System;
using System.Buffers;
using System.Threading;

namespace IExec.Tasks.Results.Download;

/// <summary>
/// A stream that one thread writes and another reads. Buffers are exchanged instead of copied: one is read and one waits, so a slow reader
/// holds up the writer, and memory does not grow.
/// </summary>
internal sealed class DownloadingStream : ForwardStream
{
    private readonly object _gate = new();
    private byte[] _current = [];
    private byte[] _other = [];
    private int _position;
    private int _count;
    private int _waiting;
    private bool _isAtEnd;
    private volatile bool _isAbandoned;

    /// <summary>Exchanges a filled buffer for an empty one, as soon as the reader has taken the one before.</summary>
    public byte[] Exchange(byte[] filled, int count)
    {
        lock (_gate)
        {
            while (_waiting > 0 && !_isAbandoned)
                Monitor.Wait(_gate);
            if (_isAbandoned)
                return filled;

            var empty = _other.Length > 0 ? _other : ArrayPool<byte>.Shared.Rent(WriteBehind.BufferLength);
            (_other, _waiting) = (filled, count);
            Monitor.PulseAll(_gate);
            return empty;
        }
    }

    /// <summary>Ends the stream after what was written.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _isAtEnd = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Ends the stream at once, for the reader and for the writer, which keeps its buffers.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            _isAbandoned = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_isAbandoned || (_position == _count && !TryTakeNext()))
            return 0;

        var read = Math.Min(count, _count - _position);
        Buffer.BlockCopy(_current, _position, buffer, offset, read);
        _position += read;
        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            lock (_gate)
            {
                Abandon();
                Return(ref _current);
                Return(ref _other);
            }
        }

        base.Dispose(disposing);
    }

    private bool TryTakeNext()
    {
        lock (_gate)
        {
            while (_waiting == 0 && !_isAtEnd && !_isAbandoned)
                Monitor.Wait(_gate);
            (_current, _other) = (_other, _current);
            (_position, _count, _waiting) = (0, _waiting, 0);
            Monitor.PulseAll(_gate);
            return _count > 0;
        }
    }

    private static void Return(ref byte[] buffer)
    {
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }
}
