using System;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Diagnostics;

namespace IExec.Tasks.Transport.Http;

/// <summary>Repeats what failed for a passing reason, after pauses that grow, and that differ between clients so that they do not come back together.</summary>
/// <param name="maximumRetryCount">How often at most an attempt is repeated; 0 for never.</param>
/// <param name="delay">Waits; tests replace it.</param>
internal sealed class RetryPolicy(int maximumRetryCount, Func<TimeSpan, CancellationToken, Task>? delay = null)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);

    /// <summary>A server that asks for more patience than this is not waited for.</summary>
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(60);

    private static readonly Random Jitter = new();

    private readonly Func<TimeSpan, CancellationToken, Task> _delay = delay ?? Task.Delay;

    /// <summary>Runs an attempt until it succeeds, or fails for good: then its own exception is thrown.</summary>
    /// <param name="attempt">One attempt.</param>
    /// <param name="mayRepeat">Whether an attempt that failed so may be made again.</param>
    /// <param name="diagnostics">Hears of every retry.</param>
    /// <param name="cancellationToken">Ends the pauses.</param>
    public async Task<T> RunAsync<T>(Func<Task<T>> attempt, Func<Exception, bool> mayRepeat, IDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        for (var retries = 0; ; retries++)
        {
            var pause = PauseAfter(retries);
            try
            {
                return await attempt().ConfigureAwait(false);
            }
            catch (Exception exception) when (retries < maximumRetryCount && mayRepeat(exception) && IsPatient(exception, ref pause))
            {
                diagnostics.Verbose($"{exception.Message} Trying again in {pause.TotalSeconds:0.0} s ({retries + 1} of {maximumRetryCount}).");
            }

            await _delay(pause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Doubles with every retry, up to the longest; the later half of it is left to chance.</summary>
    private static TimeSpan PauseAfter(int retries)
    {
        var ticks = Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(retries, 10));
        lock (Jitter)
            return TimeSpan.FromTicks((long)(ticks * (0.5 + (Jitter.NextDouble() / 2))));
    }

    /// <summary>Takes the server's Retry-After for the pause; false when that is too long to wait.</summary>
    private static bool IsPatient(Exception exception, ref TimeSpan pause)
    {
        if (exception is not HttpFailureException { Answer.RetryAfter: { } retryAfter })
            return true;
        if (retryAfter > pause)
            pause = retryAfter;
        return retryAfter <= LongestRetryAfter;
    }
}
