using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Results;

/// <summary>
/// Reads a body that must keep coming. Silence for the time limit ends it, and so does a trickle, which would keep a plain
/// time-out from ever passing while the download took years.
/// </summary>
internal sealed class PacedReader : IDisposable
{
    private const int MinimumBytesPerSecond = 1024;

    private readonly Stream _stream;
    private readonly TimeSpan _limit;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenSource _timer;
    private readonly Stopwatch _window = Stopwatch.StartNew();
    private long _windowBytes;

    /// <param name="stream">The body.</param>
    /// <param name="limit">How long silence, or a trickle, may last.</param>
    /// <param name="cancellationToken">The caller's; ends every read.</param>
    public PacedReader(Stream stream, TimeSpan limit, CancellationToken cancellationToken)
    {
        _stream = stream;
        _limit = limit;
        _cancellationToken = cancellationToken;
        _timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>Reads some bytes; 0 at the end.</summary>
    /// <exception cref="TimeoutException">Nothing, or next to nothing, came within the limit.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        try
        {
            _timer.CancelAfter(_limit);
            var read = await _stream.ReadAsync(buffer, _timer.Token).ConfigureAwait(false);
            _timer.CancelAfter(Timeout.InfiniteTimeSpan);
            KeepPace(read);
            return read;
        }
        catch (Exception e) when (_timer.IsCancellationRequested)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"No data arrived for {_limit.TotalSeconds:0.###} s.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void KeepPace(int read)
    {
        _windowBytes += read;
        var elapsed = _window.Elapsed;
        if (read == 0 || elapsed < _limit)
            return;
        if (_windowBytes < elapsed.TotalSeconds * MinimumBytesPerSecond)
            throw new TimeoutException($"Only {_windowBytes} bytes arrived in {elapsed.TotalSeconds:0} s.");

        _windowBytes = 0;
        _window.Restart();
    }
}
