using System;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading;

namespace IExec.Tasks.Hosting;

/// <summary>A command line that is being executed.</summary>
public sealed class RunningPipeline : IDisposable
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(5);
    private readonly PowerShell _shell;
    private readonly RecordingHost _host;
    private readonly IAsyncResult _invocation;

    internal RunningPipeline(PowerShell shell, RecordingHost host)
    {
        _shell = shell;
        _host = host;
        _invocation = shell.BeginInvoke<PSObject, PSObject>(null, Output);
    }

    /// <summary>The output so far; grows while the pipeline runs.</summary>
    public PSDataCollection<PSObject> Output { get; } = [];

    /// <summary>The streams other than the output.</summary>
    public PSDataStreams Streams => _shell.Streams;

    /// <summary>What the engine is doing with the pipeline.</summary>
    public PSInvocationState State => _shell.InvocationStateInfo.State;

    /// <summary>Whether the pipeline has ended.</summary>
    public bool IsCompleted => _invocation.IsCompleted;

    /// <summary>Waits for the end and collects everything.</summary>
    public InvocationResult Wait() => Wait(DefaultTimeout);

    /// <summary>Waits for the end, with a timeout.</summary>
    /// <exception cref="TimeoutException">It did not end, and was stopped.</exception>
    public InvocationResult Wait(TimeSpan timeout)
    {
        if (!_invocation.AsyncWaitHandle.WaitOne(timeout))
        {
            _shell.Stop();
            throw new TimeoutException($"The pipeline did not end within {timeout}.");
        }

        RuntimeException? failure = null;
        try
        {
            _shell.EndInvoke(_invocation);
        }
        catch (RuntimeException exception)
        {
            failure = exception;
        }

        return new InvocationResult(_shell, [.. Output], failure, _host.Recording.TakeText(), [.. _host.Recording.Prompts]);
    }

    /// <summary>Waits for a number of output objects, or the end of the pipeline.</summary>
    public void WaitForOutput(int count) => WaitUntil(() => Output.Count >= count);

    /// <summary>Waits for a warning with this text, or the end of the pipeline.</summary>
    public void WaitForWarning(string text)
    {
        var warnings = Streams.Warning; // by index: an enumeration would itself wait for the end
        WaitUntil(() => Enumerable.Range(0, warnings.Count).Any(i => warnings[i].Message.Contains(text, StringComparison.Ordinal)));
    }

    /// <summary>Waits for a condition, or the end of the pipeline.</summary>
    public void WaitUntil(Func<bool> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!condition() && !IsCompleted)
        {
            if (clock.Elapsed > DefaultTimeout)
                throw new TimeoutException($"The expected output did not come within {DefaultTimeout}.");
            Thread.Sleep(5);
        }
    }

    /// <summary>Presses Ctrl+C, and returns how long the pipeline took to end.</summary>
    public TimeSpan Stop()
    {
        var clock = Stopwatch.StartNew();
        _shell.Stop();
        return clock.Elapsed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!IsCompleted)
            _shell.Stop();
        _shell.Dispose();
        Output.Dispose();
    }
}
