using System;
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Cmdlets;

/// <summary>
/// Runs asynchronous code on the pipeline thread: whatever an <c>await</c> continues with is queued here and executed by
/// the thread that called <see cref="Run"/>. PowerShell lets only that thread write objects or prompt.
/// </summary>
internal sealed class PipelineSynchronizationContext : SynchronizationContext
{
    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _queue = [];

    /// <summary>Starts <paramref name="work"/> on this thread, executes its continuations here until it ends, and rethrows what it threw.</summary>
    public static void Run(Func<PipelineSynchronizationContext, Task> work)
    {
        var previous = Current;
        var context = new PipelineSynchronizationContext();
        SetSynchronizationContext(context);
        try
        {
            var task = work(context);
            _ = task.ContinueWith(
                static (_, queue) => ((PipelineSynchronizationContext)queue!)._queue.CompleteAdding(),
                context,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            foreach (var (callback, state) in context._queue.GetConsumingEnumerable())
                callback(state);
            task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(previous);
        }
    }

    /// <summary>Queues a callback. After the work has ended there is no thread to run it on, so it is dropped: late progress, for example.</summary>
    public override void Post(SendOrPostCallback d, object? state)
    {
        try
        {
            _queue.Add((d, state));
        }
        catch (InvalidOperationException)
        {
            // CompleteAdding won the race.
        }
    }

    /// <summary>Not supported: it would block a worker thread on the pipeline thread.</summary>
    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("The pipeline thread takes posted work only.");

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;
}
