using System;
using System.Linq;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Examples;

/// <summary>Runs what users are shown, as they would.</summary>
internal sealed partial class ExampleRunner(ExampleWorld world)
{
    /// <summary>Commands that may well be silent, and so may lines that end in them.</summary>
    private static readonly string[] SilentCommands = ["Connect-IExec", "Disconnect-IExec", "Import-Module"];

    /// <summary>Runs a script; afterwards the chain is as it was before.</summary>
    public async Task<InvocationResult> RunAsync(PowerShellHost host, string script)
    {
        script = ExampleAddress().Replace(script, world.Chain.RpcUrl.ToString());
        world.Prepare(host, script);
        var snapshot = await world.Chain.SnapshotAsync();
        try
        {
            using var running = host.Start(script);
            while (script.Contains("-Confirmations", StringComparison.Ordinal) && !running.IsCompleted)
            {
                await Task.Delay(20);
                await world.Chain.MineAsync(); // blocks of other people's transactions
            }

            return running.Wait();
        }
        finally
        {
            await world.Chain.RevertAsync(snapshot);
        }
    }

    /// <summary>Runs a script and fails if it reports an error, or shows nothing where something is to be seen.</summary>
    public async Task AssertWorksAsync(PowerShellHost host, string name, string script)
    {
        var result = await RunAsync(host, script);

        Assert.True(result.Failure is null && !result.AllErrors().Any(), $"{name}\n{script}\n{result.Failure}\n{string.Join('\n', result.AllErrors())}");
        if (ShowsSomething(script))
            Assert.True(result.Output.Count > 0 || result.HostText.Length > 0, $"{name}\nNothing came of: {script}");
    }

    private static bool ShowsSomething(string script) => Parser.ParseInput(script, out _, out _).EndBlock.Statements[^1] is PipelineAst pipeline
        && pipeline.PipelineElements[^1] is CommandAst { Redirections.Count: 0 } last
        && !SilentCommands.Contains(last.GetCommandName());

    /// <summary>The names that RFC 2606 keeps for documentation: here the local chain has them.</summary>
    [GeneratedRegex(@"https://\w+\.example(/\w+)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ExampleAddress();
}
