using System;
using System.Diagnostics;

namespace IExec.Tasks.Results;

/// <summary>Counts a transfer's bytes and reports them a few times a second.</summary>
/// <param name="stage">What is being done.</param>
/// <param name="progress">Who wants to know; null for nobody.</param>
internal sealed class TransferMeter(SaveStage stage, IProgress<ResultProgress>? progress)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _reported;
    private long _moved;
    private long _done;

    /// <summary>The whole length in bytes; null while it is not known.</summary>
    public long? Total { get; set; }

    /// <summary>Counts bytes that were moved.</summary>
    public void Add(long bytes)
    {
        _moved += bytes;
        Skip(bytes);
    }

    /// <summary>Counts bytes that were there already.</summary>
    public void Skip(long bytes)
    {
        _done += bytes;
        if (progress is null || _clock.Elapsed - _reported < Interval)
            return;

        _reported = _clock.Elapsed;
        progress.Report(new(stage, _done, Total, _moved / _reported.TotalSeconds));
    }

    /// <summary>Begins anew after what was done turned out to be of no use.</summary>
    public void Restart() => _done = 0;
}
