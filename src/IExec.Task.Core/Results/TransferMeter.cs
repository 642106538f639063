using System;
using System.Diagnostics;

namespace IExec.Tasks.Results;

/// <summary>Counts the bytes of a transfer and reports its progress four times a second.</summary>
/// <param name="stage">The stage to report.</param>
/// <param name="progress">Receives the reports; null for none.</param>
internal sealed class TransferMeter(SaveStage stage, IProgress<ResultProgress>? progress)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _reported;
    private long _moved;
    private long _done;

    /// <summary>The total length in bytes; null while it is not known.</summary>
    public long? Total { get; set; }

    /// <summary>Counts bytes that were transferred.</summary>
    public void Add(long bytes)
    {
        _moved += bytes;
        Skip(bytes);
    }

    /// <summary>Counts bytes that did not have to be transferred.</summary>
    public void Skip(long bytes)
    {
        _done += bytes;
        if (progress is null || _clock.Elapsed - _reported < Interval)
            return;

        _reported = _clock.Elapsed;
        progress.Report(new(stage, _done, Total, _moved / _reported.TotalSeconds));
    }

    /// <summary>Counts from zero again.</summary>
    public void Restart() => _done = 0;
}
