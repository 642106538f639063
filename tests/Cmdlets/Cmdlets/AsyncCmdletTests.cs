using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Hosting;
using Probe = IExec.Tasks.CmdletTests.Cmdlets.InvokeAsyncProbeCommand;

namespace IExec.Tasks.CmdletTests.Cmdlets;

public sealed class AsyncCmdletTests
{
    [Fact]
    public void Keeps_the_order_of_output_across_awaits()
    {
        var result = ProbeRun.Invoke("1..3 | Invoke-AsyncProbe -Begin $begin -Process $process -End $end", new()
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
        Assert.Equal(expected, ProbeRun.Texts(result));
    }

    [Fact]
    public void Starts_each_method_on_the_pipeline_thread_and_comes_back_to_it()
    {
        var threads = new List<int>();
        ProbeRun.Invoke("Invoke-AsyncProbe -Begin $probe -Process $probe -End $probe", new()
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
    public void Accepts_any_amount_of_queued_work()
    {
        const int many = 50_000;
        var result = ProbeRun.Invoke("Invoke-AsyncProbe -Process $process", new()
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
        ProbeRun.Invoke("Invoke-AsyncProbe -Process $process -OnDispose $observe", new()
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
        using var host = new PowerShellHost(commands: ProbeRun.Commands);
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
                return ProbeRun.Texts(host.Invoke("Invoke-AsyncProbe -Process $process"));
            },
            CancellationToken.None,
            TaskCreationOptions.None,
            scheduler);

        Assert.Equal(["done"], await task);
    }

    [Fact]
    public void Progress_made_in_one_method_reports_in_the_next()
    {
        IProgress<int>? progress = null;
        using var host = new PowerShellHost(commands: ProbeRun.Commands);
        host.Set("begin", (Probe.Method)(async (probe, _) =>
        {
            progress = new Progress<int>(value => probe.WriteObject(value));
            await Task.Yield();
        }));
        host.Set("process", (Probe.Method)(async (_, _) =>
        {
            progress!.Report(1);
            await Task.Yield();
        }));

        Assert.Equal([1], host.Invoke("Invoke-AsyncProbe -Begin $begin -Process $process").As<int>());
    }

    [Fact]
    public void Drops_progress_that_arrives_after_the_end()
    {
        IProgress<int>? late = null;
        Probe? cmdlet = null;
        using var host = new PowerShellHost(commands: ProbeRun.Commands);
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
        Assert.Equal(["next"], ProbeRun.Texts(host.Invoke("'next'")));
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
        using var host = new PowerShellHost(commands: ProbeRun.Commands);
        host.Set("fail", fail);

        var result = host.Invoke($"try {{ Invoke-AsyncProbe -{method} $fail }} catch {{ $_ }}");

        var record = Assert.Single(result.As<ErrorRecord>());
        Assert.StartsWith("Broken,", record.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("target", record.TargetObject);
    }

    [Fact]
    public void Two_async_cmdlets_in_one_pipeline_keep_their_order()
    {
        var result = ProbeRun.Invoke("1..3 | Invoke-AsyncProbe -Process $process | Invoke-AsyncProbe -Process $process", new()
        {
            ["process"] = async (cmdlet, _) =>
            {
                await Task.Delay(1);
                cmdlet.WriteObject($"{cmdlet.InputObject}a");
                await Task.Delay(1);
                cmdlet.WriteObject($"{cmdlet.InputObject}b");
            },
        });

        Assert.Equal(["1aa", "1ab", "1ba", "1bb", "2aa", "2ab", "2ba", "2bb", "3aa", "3ab", "3ba", "3bb"], ProbeRun.Texts(result));
    }
}
