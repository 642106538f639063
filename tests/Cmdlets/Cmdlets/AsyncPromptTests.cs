using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Hosting;
using Probe = IExec.Tasks.CmdletTests.Cmdlets.InvokeAsyncProbeCommand;

namespace IExec.Tasks.CmdletTests.Cmdlets;

/// <summary>Prompts of an asynchronous cmdlet.</summary>
public sealed class AsyncPromptTests
{
    [Fact]
    public void Two_concurrent_prompts_are_shown_one_after_the_other()
    {
        using var host = new PowerShellHost(new HostOptions { Choices = [0, 2] }, ProbeRun.Commands);
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
        Assert.Equal(["False", "True"], ProbeRun.Texts(result).Select(text => text.Split(' ')[1]).Order());
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
        using var host = new PowerShellHost(options, ProbeRun.Commands);
        var stopped = CancellationToken.None;
        host.Set("process", (Probe.Method)((cmdlet, token) =>
        {
            stopped = token;
            return AskThenAct(cmdlet, token);
        }));
        using var running = host.Start("Invoke-AsyncProbe -Process $process");
        prompting.Wait();
        var stop = Task.Run(running.Stop);
        stopped.WaitHandle.WaitOne();
        stopping.Set();

        Assert.IsType<PipelineStoppedException>(running.Wait().Failure);
        Assert.Empty(running.Output);
        await stop;
    }

    [Fact]
    public void Does_nothing_in_a_session_that_cannot_prompt()
    {
        var result = ProbeRun.Invoke("Invoke-AsyncProbe -Process $process", new() { ["process"] = AskThenAct });

        Assert.Contains("no user to ask", Assert.Single(result.Errors).Exception.Message, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    private static async Task AskThenAct(Probe cmdlet, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (cmdlet.ShouldProcess("target"))
            cmdlet.WriteObject("acted");
    }
}
