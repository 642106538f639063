using System;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Transport.Http;

/// <summary>Distinguishes a timeout from the caller's cancellation.</summary>
internal static class TimeLimit
{
    /// <summary>Runs work with a timeout.</summary>
    /// <exception cref="TimeoutException">The timeout.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled; it holds the caller's token.</exception>
    public static async Task<T> RunAsync<T>(TimeSpan limit, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timer.CancelAfter(limit);
        try
        {
            return await work(timer.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException || (timer.IsCancellationRequested && IsOfTheHttpStack(exception)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"No answer within {limit.TotalSeconds:0.###} s.", exception);
        }
    }

    // A stream that the cancellation closes during a read throws its own kind of exception, and the handler itself cancels a connection that takes too
    // long to open.
    private static bool IsOfTheHttpStack(Exception exception) => HttpFailureException.IsExpected(exception) && exception is not HttpFailureException;
}
