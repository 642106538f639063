using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Results;

/// <summary>
/// Reads a body at a minimum rate. It fails when nothing arrives for the time limit, and when less than 1 KiB a second does: a time-out that starts
/// again with each byte would let a download take years.
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
    /// <param name="limit">How long the body may stay below the minimum rate.</param>
    /// <param name="cancellationToken">Ends every read.</param>
    public PacedReader(Stream stream, TimeSpan limit, CancellationToken cancellationToken)
    {
        _stream = stream;
        _limit = limit;
        _cancellationToken = cancellationToken;
        _timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>Reads some bytes; 0 at the end.</summary>
    /// <exception cref="TimeoutException">Too little arrived within the limit.</exception>
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
