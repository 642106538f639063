using System;
using System.Buffers;
using System.IO;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Results.Download;

/// <summary>
/// Writes content to the disk while the caller fetches and verifies what follows. Content that is given during a write is gathered and written
/// as soon as that has ended, so that nothing stays in memory while the network pauses. The next call throws the failure of a write.
/// </summary>
/// <param name="stream">The file; not disposed of. The caller does not change its position before <see cref="FlushAsync"/>.</param>
/// <param name="arriving">Receives what was written.</param>
internal sealed class WriteBehind(Stream stream, DownloadingArchive arriving) : IDisposable
{
    /// <summary>The most bytes that are gathered.</summary>
    public const int BufferLength = 1024 * 1024;

    // For a large write Linux allocates large pages, which on a virtual machine may take longer than the write itself.
    private const int WriteLength = 16 * 1024;

    private readonly object _gate = new();
    private byte[] _gathered = [];
    private byte[] _written = [];
    private int _count;
    private long _offset;
    private bool _isWriting;
    private Task _writing = Task.CompletedTask;
    private TaskCompletionSource<bool>? _room;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Takes the content at this offset of the file.</summary>
    public async ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        if (!IsNext(offset))
        {
            await FlushAsync().ConfigureAwait(false);
            _offset = offset;
        }

        if (_gathered.Length == 0)
            (_gathered, _written) = (ArrayPool<byte>.Shared.Rent(BufferLength), ArrayPool<byte>.Shared.Rent(BufferLength));

        while (!content.IsEmpty)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var taken = Gather(content.Span, out var room);
            content = content[taken..];
            if (room is not null)
                await room.ConfigureAwait(false);
        }
    }

    /// <summary>Waits until everything is in the file.</summary>
    public async ValueTask FlushAsync()
    {
        await _writing.ConfigureAwait(false);
        _failure?.Throw();
    }

    /// <summary>Discards what is not in the file yet, and the failure.</summary>
    public async ValueTask DiscardAsync()
    {
        lock (_gate)
            _count = 0;
        await _writing.ConfigureAwait(false);
        (_count, _failure) = (0, null);
    }

    /// <summary>Returns the buffers. Flush or discard first.</summary>
    public void Dispose()
    {
        if (_gathered.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_gathered);
            ArrayPool<byte>.Shared.Return(_written);
        }

        (_gathered, _written) = ([], []);
    }

    /// <summary>Whether this offset follows what was given before. The writer changes both numbers, so they are read together.</summary>
    private bool IsNext(long offset)
    {
        lock (_gate)
            return offset == _offset + _count;
    }

    /// <summary>Copies what there is room for, and starts the writing. When there is no room, <paramref name="room"/> completes when there is.</summary>
    private int Gather(ReadOnlySpan<byte> content, out Task? room)
    {
        lock (_gate)
        {
            _failure?.Throw();
            var taken = Math.Min(content.Length, BufferLength - _count);
            content[..taken].CopyTo(_gathered.AsSpan(_count));
            _count += taken;
            if (!_isWriting)
            {
                _isWriting = true;
                _writing = Task.Run(Write);
            }

            room = taken > 0 ? null : (_room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            return taken;
        }
    }

    /// <summary>Writes until nothing is gathered.</summary>
    private void Write()
    {
        try
        {
            while (TryTake(out var offset, out var count))
            {
                stream.Position = offset;
                for (var i = 0; i < count; i += WriteLength)
                    stream.Write(_written, i, Math.Min(WriteLength, count - i));
                _written = arriving.Pass(offset, _written, count);
            }
        }
        catch (Exception e)
        {
            lock (_gate)
            {
                _failure = ExceptionDispatchInfo.Capture(e);
                _isWriting = false;
                TellOfRoom();
            }
        }
    }

    private bool TryTake(out long offset, out int count)
    {
        lock (_gate)
        {
            (offset, count) = (_offset, _count);
            (_gathered, _written) = (_written, _gathered);
            (_offset, _count) = (offset + count, 0);
            _isWriting = count > 0;
            TellOfRoom();
            return _isWriting;
        }
    }

    private void TellOfRoom()
    {
        _room?.SetResult(true);
        _room = null;
    }
}
