using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Hosting;
using Probe = IExec.Tasks.CmdletTests.Cmdlets.InvokeAsyncProbeCommand;

namespace IExec.Tasks.CmdletTests.Cmdlets;

/// <summary>An asynchronous cmdlet that is stopped.</summary>
public sealed class AsyncStopTests
{
    [Fact]
    public void Stops_when_the_token_was_cancelled_before_the_first_await()
    {
        var result = StopOnceStarted(started => async (cmdlet, token) =>
        {
            started.Set();
            token.WaitHandle.WaitOne();
            await Task.Delay(Timeout.Infinite, token);
            cmdlet.WriteObject("never");
        });

        Assert.IsType<PipelineStoppedException>(result.Failure);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Stops_while_waiting_and_runs_what_was_left_to_clean_up()
    {
        var cleaned = false;
        var result = StopOnceStarted(started => async (_, token) =>
        {
            try
            {
                started.Set();
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                cleaned = true;
            }
        });

        Assert.IsType<PipelineStoppedException>(result.Failure);
        Assert.True(cleaned);
    }

    [Fact]
    public void A_message_that_comes_while_it_is_stopped_does_not_keep_it_from_cleaning_up()
    {
        using var stopping = new ManualResetEventSlim();
        var cleaned = false;
        var result = StopOnceStarted(started => async (cmdlet, token) =>
        {
            using var registration = token.Register(stopping.Set);
            cmdlet.Post(() =>
            {
                started.Set();
                stopping.Wait(CancellationToken.None);
                cmdlet.WriteDebug("throws, since the pipeline is being stopped");
            });
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                cleaned = true;
            }
        });

        Assert.IsType<PipelineStoppedException>(result.Failure);
        Assert.True(cleaned);
    }

    [Fact]
    public void A_message_at_which_the_user_wants_to_end_cancels_the_work_and_waits_for_it()
    {
        var cleaned = false;
        var result = ProbeRun.Invoke("Invoke-AsyncProbe -Process $process -ErrorAction Stop; 'not reached'", new()
        {
            ["process"] = async (cmdlet, token) =>
            {
                cmdlet.Post(() => cmdlet.WriteError(new ErrorRecord(new InvalidOperationException("the message"), "Message", ErrorCategory.NotSpecified, null)));
                try
                {
                    await Task.Delay(Timeout.Infinite, token);
                }
                finally
                {
                    cleaned = true;
                }
            },
        });

        Assert.Equal("the message", Assert.IsType<ActionPreferenceStopException>(result.Failure).ErrorRecord.Exception.Message);
        Assert.Empty(result.Output);
        Assert.True(cleaned);
    }

    [Fact]
    public void A_cancellation_of_its_own_is_an_error_and_not_a_stop()
    {
        var result = ProbeRun.Invoke("Invoke-AsyncProbe -Process $process", new()
        {
            ["process"] = async (_, _) =>
            {
                await Task.Yield();
                throw new OperationCanceledException("an inner time limit");
            },
        });

        Assert.Null(result.Failure);
        Assert.Contains("an inner time limit", Assert.Single(result.Errors).Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stops_and_disposes_even_when_a_cancellation_callback_throws()
    {
        using var host = new PowerShellHost(commands: ProbeRun.Commands);
        using var started = new ManualResetEventSlim();
        var disposed = false;
        host.Set("observe", (Action)(() => disposed = true));
        host.Set("process", (Probe.Method)(async (_, token) =>
        {
            using var registration = token.Register(() => throw new InvalidOperationException("callback"));
            started.Set();
            await Task.Delay(Timeout.Infinite, token);
        }));
        using var running = host.Start("Invoke-AsyncProbe -Process $process -OnDispose $observe");
        started.Wait();
        running.Stop();

        Assert.IsType<PipelineStoppedException>(running.Wait().Failure);
        Assert.True(disposed);
    }

    [Fact]
    public void Ends_when_downstream_wants_no_more()
    {
        var cancelledInTime = false;
        using var host = new PowerShellHost(commands: ProbeRun.Commands);
        host.Set("process", (Probe.Method)(async (cmdlet, _) =>
        {
            try
            {
                for (var i = 1; ; i++)
                {
                    await Task.Yield();
                    cmdlet.WriteObject(i);
                }
            }
            finally
            {
                cancelledInTime = true;
            }
        }));

        var result = host.Invoke("foreach ($once in 1) { Invoke-AsyncProbe -Process $process | ForEach-Object { $_; if ($_ -eq 3) { break } } }");

        Assert.Equal([1, 2, 3], result.As<int>());
        Assert.True(cancelledInTime);
    }

    /// <summary>Runs a method in the probe, and stops it once it has set the event.</summary>
    private static InvocationResult StopOnceStarted(Func<ManualResetEventSlim, Probe.Method> method)
    {
        using var host = new PowerShellHost(commands: ProbeRun.Commands);
        using var started = new ManualResetEventSlim();
        host.Set("process", method(started));
        using var running = host.Start("Invoke-AsyncProbe -Process $process");
        started.Wait();
        running.Stop();
        return running.Wait();
    }
}
