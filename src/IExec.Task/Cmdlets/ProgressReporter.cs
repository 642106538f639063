using System;
using System.Diagnostics;
using System.Management.Automation;
using System.Threading;

namespace IExec.Tasks.Cmdlets;

/// <summary>
/// A progress bar for work that may take long: nothing is shown in the first second, then at most five records a
/// second, and the bar is removed at the end. Use it on the pipeline thread only.
/// </summary>
/// <param name="cmdlet">The cmdlet that shows it.</param>
/// <param name="activity">What is being done.</param>
/// <param name="grace">How long to wait before the bar is shown; a second by default.</param>
internal sealed class ProgressReporter(PSCmdlet cmdlet, string activity, TimeSpan? grace = null) : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    private static int _lastId;

    private readonly int _id = Interlocked.Increment(ref _lastId);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next = grace ?? Grace;
    private bool _isShown;

    /// <summary>Shows the progress, unless the last record is too recent.</summary>
    /// <param name="status">What is being done, with counts.</param>
    /// <param name="fraction">How much is done, 0 to 1; null when that is not known.</param>
    /// <param name="secondsRemaining">The seconds left; null when that is not known.</param>
    public void Report(string status, double? fraction = null, int? secondsRemaining = null)
    {
        if (_clock.Elapsed < _next)
            return;
        _next = _clock.Elapsed + Interval;
        _isShown = true;
        cmdlet.WriteProgress(new ProgressRecord(_id, activity, status)
        {
            PercentComplete = fraction is { } done ? (int)(100 * Math.Min(Math.Max(done, 0), 1)) : -1,
            SecondsRemaining = secondsRemaining ?? -1,
        });
    }

    /// <summary>Removes the bar.</summary>
    public void Dispose()
    {
        if (_isShown)
            cmdlet.WriteProgress(new ProgressRecord(_id, activity, "Done") { RecordType = ProgressRecordType.Completed });
    }
}
