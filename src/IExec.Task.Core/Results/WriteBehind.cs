using System;
using System.Buffers;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Results;

/// <summary>
/// Puts content on the disk while the caller goes on to fetch and prove what comes next: content is copied and written at once,
/// or, while a write is under way, gathered for the next one. A write that fails is told by the next call.
/// </summary>
/// <param name="stream">The file; stays the caller's, who leaves its position alone before <see cref="FlushAsync"/>.</param>
internal sealed class WriteBehind(Stream stream) : IDisposable
{
    private const int BufferLength = 1024 * 1024;

    private byte[] _gathered = [];
    private byte[] _written = [];
    private int _count;
    private long _offset;
    private Task _writing = Task.CompletedTask;

    /// <summary>Takes content that belongs at this place of the file.</summary>
    public async ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (offset != _offset + _count)
        {
            await FlushAsync().ConfigureAwait(false);
            _offset = offset;
        }

        if (_gathered.Length == 0)
            (_gathered, _written) = (ArrayPool<byte>.Shared.Rent(BufferLength), ArrayPool<byte>.Shared.Rent(BufferLength));

        while (!content.IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var part = Math.Min(content.Length, BufferLength - _count);
            content.Span[..part].CopyTo(_gathered.AsSpan(_count));
            _count += part;
            content = content[part..];
            if (_count == BufferLength || _writing.IsCompleted)
                await PassOnAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Waits until everything is in the file.</summary>
    public async ValueTask FlushAsync()
    {
        if (_count > 0)
            await PassOnAsync().ConfigureAwait(false);
        await _writing.ConfigureAwait(false);
    }

    /// <summary>Drops what is not in the file yet, and what went wrong.</summary>
    public async ValueTask DiscardAsync()
    {
        _count = 0;
        try
        {
            await _writing.ConfigureAwait(false);
        }
        catch (Exception e) when (LocalFiles.IsDiskFailure(e))
        {
            _writing = Task.CompletedTask;
        }
    }

    /// <summary>Gives the buffers back. Nothing may be on its way: flush or discard first.</summary>
    public void Dispose()
    {
        if (_gathered.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_gathered);
            ArrayPool<byte>.Shared.Return(_written);
        }

        (_gathered, _written) = ([], []);
    }

    private async ValueTask PassOnAsync()
    {
        await _writing.ConfigureAwait(false);
        (_gathered, _written) = (_written, _gathered);
        stream.Position = _offset;
        _writing = stream.WriteAsync(_written, 0, _count);
        _offset += _count;
        _count = 0;
    }
}
