using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Hosting;
using Probe = IExec.Tasks.ModuleTests.Cmdlets.InvokeAsyncProbeCommand;

namespace IExec.Tasks.ModuleTests.Cmdlets;

public sealed class AsyncCmdletTests
{
    private static readonly Dictionary<string, Type> Commands = new() { ["Invoke-AsyncProbe"] = typeof(Probe) };

    [Fact]
    public void Keeps_the_order_of_output_across_awaits()
    {
        var result = Run("1..3 | Invoke-AsyncProbe -Begin $begin -Process $process -End $end", new()
        {
            ["begin"] = async (cmdlet, _) =>
            {
                cmdlet.WriteObject("begin 1");
                await Task.Delay(1);
                cmdlet.WriteObject("begin 2");
            },
            ["process"] = async (cmdlet, _) =>
            {
                cmdlet.WriteObject($"{cmdlet.InputObject} before");
                await Task.Yield();
                cmdlet.WriteObject($"{cmdlet.InputObject} between");
                await Task.Run(() => Thread.Sleep(1));
                cmdlet.WriteObject($"{cmdlet.InputObject} after");
            },
            ["end"] = async (cmdlet, _) =>
            {
                await Task.Delay(1);
                cmdlet.WriteObject("end");
            },
        });

        string[] expected =
        [
            "begin 1", "begin 2",
            "1 before", "1 between", "1 after", "2 before", "2 between", "2 after", "3 before", "3 between", "3 after",
            "end",
        ];
        Assert.Equal(expected, Texts(result));
    }

    [Fact]
    public void Starts_each_method_on_the_pipeline_thread_and_comes_back_to_it()
    {
        var threads = new List<int>();
        Run("Invoke-AsyncProbe -Begin $probe -Process $probe -End $probe", new()
        {
            ["probe"] = async (_, _) =>
            {
                threads.Add(Environment.CurrentManagedThreadId);
                await Task.Run(() => { });
                threads.Add(Environment.CurrentManagedThreadId);
            },
        }).ThrowOnError();

        Assert.Equal(6, threads.Count);
        Assert.Single(threads.Distinct());
    }

    [Fact]
    public void Takes_more_queued_work_than_any_buffer_would_hold()
    {
        const int many = 50_000;
        var result = Run("Invoke-AsyncProbe -Process $process", new()
        {
            ["process"] = async (cmdlet, _) =>
            {
                await Task.Run(() =>
                {
                    for (var i = 0; i < many; i++)
                    {
                        var number = i;
                        cmdlet.Post(() => cmdlet.WriteObject(number));
                    }
                });
            },
        });

        Assert.Equal(Enumerable.Range(0, many), result.As<int>());
    }

    [Fact]
    public void Restores_the_synchronization_context_of_the_host()
    {
        SynchronizationContext? before = null, after = null;
        Run("Invoke-AsyncProbe -Process $process -OnDispose $observe", new()
        {
            ["process"] = async (_, _) =>
            {
                before = SynchronizationContext.Current;
                await Task.Yield();
            },
        }, ("observe", (Action)(() => after = SynchronizationContext.Current))).ThrowOnError();

        Assert.NotNull(before);
        Assert.NotSame(before, after);
    }

    [Fact]
    public async Task Runs_inside_a_task_of_a_custom_scheduler()
    {
        using var host = new PowerShellHost(commands: Commands);
        var scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        var task = Task.Factory.StartNew(
            () =>
            {
                Probe.Method process = async (cmdlet, _) =>
                {
                    await Task.Delay(1);
                    cmdlet.WriteObject("done");
                };
                host.Set("process", process);
                return Texts(host.Invoke("Invoke-AsyncProbe -Process $process"));
            },
            CancellationToken.None,
            TaskCreationOptions.None,
            scheduler);

        Assert.Equal(["done"], await task);
    }

    [Fact]
    public void Stops_when_the_token_was_cancelled_before_the_first_await()
    {
        using var host = new PowerShellHost(commands: Commands);
        using var started = new ManualResetEventSlim();
        host.Set("process", (Probe.Method)(async (cmdlet, token) =>
        {
            started.Set();
            token.WaitHandle.WaitOne();
            await Task.Delay(Timeout.Infinite, token);
            cmdlet.WriteObject("never");
        }));
        using var running = host.Start("Invoke-AsyncProbe -Process $process");
        started.Wait();
        running.Stop();

        var result = running.Wait();
        Assert.IsType<PipelineStoppedException>(result.Failure);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Stops_while_waiting_and_runs_what_was_left_to_clean_up()
    {
        using var host = new PowerShellHost(commands: Commands);
        using var started = new ManualResetEventSlim();
        var cleaned = false;
        host.Set("process", (Probe.Method)(async (_, token) =>
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
        }));
        using var running = host.Start("Invoke-AsyncProbe -Process $process");
        started.Wait();
        running.Stop();

        Assert.IsType<PipelineStoppedException>(running.Wait().Failure);
        Assert.True(cleaned);
    }

    [Fact]
    public void A_cancellation_of_its_own_is_an_error_and_not_a_stop()
    {
        var result = Run("Invoke-AsyncProbe -Process $process", new()
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
    public void Drops_progress_that_arrives_after_the_end()
    {
        IProgress<int>? late = null;
        Probe? cmdlet = null;
        using var host = new PowerShellHost(commands: Commands);
        host.Set("process", (Probe.Method)(async (probe, _) =>
        {
            cmdlet = probe;
            late = new Progress<int>(value => probe.WriteObject(value));
            late.Report(1);
            await Task.Yield();
        }));
        var result = host.Invoke("Invoke-AsyncProbe -Process $process");
        late!.Report(2);
        cmdlet!.Post(() => throw new InvalidOperationException("must not run"));

        Assert.Equal([1], result.As<int>());
        Assert.Equal(["next"], Texts(host.Invoke("'next'")));
    }

    [Fact]
    public void Stops_and_disposes_even_when_a_cancellation_callback_throws()
    {
        using var host = new PowerShellHost(commands: Commands);
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

    [Theory]
    [InlineData("Begin")]
    [InlineData("Process")]
    [InlineData("End")]
    public void A_terminating_error_after_an_await_ends_the_pipeline_and_can_be_caught(string method)
    {
        Probe.Method fail = async (cmdlet, _) =>
        {
            await Task.Yield();
            cmdlet.ThrowTerminatingError(new ErrorRecord(new InvalidOperationException("broken"), "Broken", ErrorCategory.InvalidOperation, "target"));
        };
        using var host = new PowerShellHost(commands: Commands);
        host.Set("fail", fail);

        var result = host.Invoke($"try {{ Invoke-AsyncProbe -{method} $fail }} catch {{ $_ }}");

        var record = Assert.Single(result.As<ErrorRecord>());
        Assert.StartsWith("Broken,", record.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("target", record.TargetObject);
    }

    [Fact]
    public void Two_prompts_of_concurrent_branches_are_asked_one_after_the_other()
    {
        using var host = new PowerShellHost(new HostOptions { Choices = [0, 2] }, Commands);
        host.Set("process", (Probe.Method)(async (cmdlet, _) =>
        {
            async Task Ask(string target)
            {
                await Task.Delay(1);
                cmdlet.WriteObject($"{target}: {cmdlet.ShouldProcess(target)}");
            }

            await Task.WhenAll(Ask("one"), Ask("two"));
        }));

        var result = host.Invoke("Invoke-AsyncProbe -Process $process");

        Assert.Equal(2, result.Prompts.Count);
        Assert.Equal(["False", "True"], Texts(result).Select(text => text.Split(' ')[1]).Order());
    }

    [Fact]
    public async Task Stops_while_a_prompt_is_open_without_acting()
    {
        using var prompting = new ManualResetEventSlim();
        using var stopping = new ManualResetEventSlim();
        var options = new HostOptions
        {
            Choices = [0],
            OnPrompt = () =>
            {
                prompting.Set();
                stopping.Wait();
            },
        };
        using var host = new PowerShellHost(options, Commands);
        host.Set("process", (Probe.Method)AskThenAct);
        using var running = host.Start("Invoke-AsyncProbe -Process $process");
        prompting.Wait();
        var stop = Task.Run(running.Stop);
        while (running.State != PSInvocationState.Stopping)
            Thread.Sleep(1);
        stopping.Set();

        Assert.IsType<PipelineStoppedException>(running.Wait().Failure);
        Assert.Empty(running.Output);
        await stop;
    }

    [Fact]
    public void Does_not_act_where_there_is_no_user_to_ask()
    {
        var result = Run("Invoke-AsyncProbe -Process $process", new() { ["process"] = AskThenAct });

        Assert.Contains("no user to ask", Assert.Single(result.Errors).Exception.Message, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Two_async_cmdlets_in_one_pipeline_keep_their_order()
    {
        var result = Run("1..3 | Invoke-AsyncProbe -Process $process | Invoke-AsyncProbe -Process $process", new()
        {
            ["process"] = async (cmdlet, _) =>
            {
                await Task.Delay(1);
                cmdlet.WriteObject($"{cmdlet.InputObject}a");
                await Task.Delay(1);
                cmdlet.WriteObject($"{cmdlet.InputObject}b");
            },
        });

        Assert.Equal(["1aa", "1ab", "1ba", "1bb", "2aa", "2ab", "2ba", "2bb", "3aa", "3ab", "3ba", "3bb"], Texts(result));
    }

    [Fact]
    public void Ends_when_downstream_wants_no_more()
    {
        var cancelledInTime = false;
        using var host = new PowerShellHost(commands: Commands);
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

    private static async Task AskThenAct(Probe cmdlet, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (cmdlet.ShouldProcess("target"))
            cmdlet.WriteObject("acted");
    }

    private static InvocationResult Run(string script, Dictionary<string, Probe.Method> methods, params (string Name, object Value)[] others)
    {
        using var host = new PowerShellHost(commands: Commands);
        foreach (var (name, method) in methods)
            host.Set(name, method);
        foreach (var (name, value) in others)
            host.Set(name, value);
        return host.Invoke(script);
    }

    private static string[] Texts(InvocationResult result)
    {
        result.ThrowOnError();
        return [.. result.Output.Select(item => item.ToString())];
    }
}
