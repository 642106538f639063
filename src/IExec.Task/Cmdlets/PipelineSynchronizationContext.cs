using System;
using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Cmdlets;

/// <summary>
/// Runs a cmdlet's asynchronous methods on the pipeline thread: whatever an <c>await</c> continues with is queued here and executed by
/// the thread that called <see cref="Run"/>. PowerShell lets only that thread write objects or prompt. One context serves all methods of a
/// cmdlet, so that what was made in one of them, such as a <see cref="Progress{T}"/>, still works in the next.
/// </summary>
internal sealed class PipelineSynchronizationContext : SynchronizationContext
{
    private readonly BlockingCollection<Work> _queue = [];

    /// <summary>Starts <paramref name="work"/> on this thread, executes its continuations here until it ends, and rethrows what it threw.</summary>
    /// <remarks>
    /// Other queued callbacks, such as those that write messages, can throw too: because the pipeline is being stopped, or because the user wants to end at a
    /// message. The work must not be left alone then: it is cancelled, ends here with its clean-up, and the first such exception is rethrown.
    /// </remarks>
    /// <param name="work">The work.</param>
    /// <param name="cancel">Cancels it.</param>
    public void Run(Func<Task> work, Action cancel)
    {
        ExceptionDispatchInfo? failure = null;
        var previous = Current;
        SetSynchronizationContext(this);
        try
        {
            var task = work();
            _ = task.ContinueWith(
                static (ended, context) => ((PipelineSynchronizationContext)context!).Add(null, ended),
                this,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            for (var next = _queue.Take(); next.Callback is not null || next.State != task; next = _queue.Take())
            {
                try
                {
                    next.Callback?.Invoke(next.State);
                }
                catch (Exception exception)
                {
                    failure ??= ExceptionDispatchInfo.Capture(exception);
                    cancel();
                }
            }

            failure?.Throw();
            task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(previous);
        }
    }

    /// <summary>Queues a callback. Between two methods of the cmdlet it waits for the next one; after the last it is never executed.</summary>
    public override void Post(SendOrPostCallback d, object? state) => Add(d, state);

    /// <summary>Not supported: it would block a worker thread on the pipeline thread.</summary>
    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("The pipeline thread takes posted work only.");

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Drops all further callbacks: the cmdlet has ended.</summary>
    public void Close() => _queue.CompleteAdding();

    private void Add(SendOrPostCallback? callback, object? state)
    {
        try
        {
            _queue.Add(new Work(callback, state));
        }
        catch (InvalidOperationException)
        {
            // Closed.
        }
    }

    /// <summary>A class, since the runtime compiles the collections anew for every struct, and a new shell waits for that.</summary>
    private sealed class Work(SendOrPostCallback? callback, object? state)
    {
        public SendOrPostCallback? Callback { get; } = callback;

        public object? State { get; } = state;
    }
}
