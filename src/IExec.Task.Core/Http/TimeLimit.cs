using System;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Http;

/// <summary>Tells a time limit from the caller's own cancellation.</summary>
internal static class TimeLimit
{
    /// <summary>Runs work that must end within a time.</summary>
    /// <exception cref="TimeoutException">The time passed.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled; it holds the caller's token.</exception>
    public static async Task<T> RunAsync<T>(TimeSpan limit, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(limit);
        try
        {
            return await work(timer.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (timer.IsCancellationRequested && IsEffectOfCancelling(exception))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"No answer within {limit.TotalSeconds:0.###} s.", exception);
        }
    }

    // A stream that is closed under a read by the cancellation may say so in other words.
    private static bool IsEffectOfCancelling(Exception exception) =>
        exception is OperationCanceledException || (HttpFailureException.IsExpected(exception) && exception is not HttpFailureException);
}
