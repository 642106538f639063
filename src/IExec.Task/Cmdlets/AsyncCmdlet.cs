using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Cmdlets;

/// <summary>
/// A cmdlet whose work is asynchronous. Derived classes override the <c>…Async</c> methods and may call WriteObject,
/// ShouldProcess and the like directly after any <c>await</c>: continuations come back to the pipeline thread.
/// Ctrl+C cancels the token that the methods receive.
/// </summary>
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly PipelineSynchronizationContext _pipeline = new();
    private volatile Exception? _abortion;

    /// <summary>Called once before the first pipeline object.</summary>
    protected virtual Task BeginAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Called for each pipeline object, or once when there is no pipeline.</summary>
    protected virtual Task ProcessAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Called once after the last pipeline object.</summary>
    protected virtual Task EndAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Run(BeginAsync);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Run(ProcessAsync);

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        Run(EndAsync);
        OnEnded();
    }

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => Cancel();

    /// <summary>Why the work was cancelled by other code; null when it was not.</summary>
    private protected Exception? Abortion => _abortion;

    /// <summary>Cancels the work as Ctrl+C does, from any thread; the pipeline then ends with this failure.</summary>
    private protected void Abort(Exception cause)
    {
        _abortion = cause;
        Cancel();
    }

    /// <summary>
    /// Runs <paramref name="action"/> on the pipeline thread as soon as it is free; may be called on any thread;
    /// drops it when the cmdlet has ended.
    /// </summary>
    private protected void PostToPipeline(Action action) => _pipeline.Post(static state => ((Action)state!)(), action);

    /// <summary>Called when the work is done, for a closing message.</summary>
    private protected virtual void OnEnded()
    {
    }

    /// <summary>Turns an exception that no method handled into the error that ends the pipeline; null rethrows it as it is.</summary>
    private protected virtual ErrorRecord? ToTerminatingError(Exception exception) => null;

    private void Run(Func<CancellationToken, Task> method)
    {
        try
        {
            _pipeline.Run(() => method(_stopping.Token), Cancel);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested && _abortion is null)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception exception) when (ToTerminatingError(exception is OperationCanceledException or ObjectDisposedException ? _abortion ?? exception : exception) is { } record)
        {
            ThrowTerminatingError(record);
        }
    }

    private void Cancel()
    {
        try
        {
            _stopping.Cancel();
        }
        catch (Exception exception) when (exception is ObjectDisposedException or AggregateException)
        {
            // Already ended, or a cancellation callback failed: the stop itself is on its way.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the cmdlet holds; called once by the engine when the pipeline has ended.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _pipeline.Close();
        _stopping.Dispose();
    }
}
