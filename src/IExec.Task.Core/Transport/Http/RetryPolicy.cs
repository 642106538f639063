using System;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Diagnostics;

namespace IExec.Tasks.Transport.Http;

/// <summary>Retries after temporary failures, with pauses that grow exponentially and are randomised, so that clients do not retry at the same time.</summary>
/// <param name="maximumRetryCount">The maximum number of retries; 0 for none.</param>
/// <param name="delay">Waits; tests replace it.</param>
internal sealed class RetryPolicy(int maximumRetryCount, Func<TimeSpan, CancellationToken, Task>? delay = null)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);

    /// <summary>A longer Retry-After than this ends the retries.</summary>
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(60);

    private static readonly Random Jitter = new();

    private readonly Func<TimeSpan, CancellationToken, Task> _delay = delay ?? Task.Delay;

    /// <summary>Runs an attempt until it succeeds, or until it fails permanently: then its exception is thrown.</summary>
    /// <param name="attempt">One attempt.</param>
    /// <param name="mayRepeat">Whether an attempt that failed like this may be retried.</param>
    /// <param name="diagnostics">Receives a message for each retry.</param>
    /// <param name="cancellationToken">Cancels the pauses.</param>
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

    /// <summary>Doubles with every retry, up to the maximum; half of it is random.</summary>
    private static TimeSpan PauseAfter(int retries)
    {
        var ticks = Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(retries, 10));
        lock (Jitter)
            return TimeSpan.FromTicks((long)(ticks * (0.5 + (Jitter.NextDouble() / 2))));
    }

    /// <summary>Uses the server's Retry-After as the pause; false when that is too long.</summary>
    private static bool IsPatient(Exception exception, ref TimeSpan pause)
    {
        if (exception is not HttpFailureException { Answer.RetryAfter: { } retryAfter })
            return true;
        if (retryAfter > pause)
            pause = retryAfter;
        return retryAfter <= LongestRetryAfter;
    }
}
