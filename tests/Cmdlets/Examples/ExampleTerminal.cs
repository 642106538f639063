using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using System.Threading.Tasks;
using IExec.Tasks.Hosting.Terminals;

namespace IExec.Tasks.CmdletTests.Examples;

/// <summary>A terminal with the real shell, for all examples, with answers to prompts.</summary>
public sealed class ExampleTerminal : IAsyncLifetime
{
    private readonly ExampleWorld _world = new();
    private Terminal _terminal = null!;

    /// <summary>Commands without output, as are lines that end with them.</summary>
    private static readonly string[] SilentCommands = ["Connect-IExec", "Disconnect-IExec"];

    /// <summary>Runs an example, and fails if it reports an error, or shows no output where some is expected.</summary>
    /// <returns>The files and transactions that it leaves behind.</returns>
    internal async Task<Traces> RunAsync(string script)
    {
        IReadOnlyList<string> screen = [];
        var errors = Path.GetTempFileName();
        var traces = await _world.RunAsync(
            $$"""
            $Error.Clear()
            try { & {
            {{script}}
            } } catch { $_ } finally { [IO.File]::WriteAllLines('{{errors}}', [string[]] $Error) }
            """,
            async file => screen = await _terminal.RunAsync($"& '{file}'", new Dictionary<string, string>
            {
                ["Key: "] = _world.Key,
                ["Password: "] = TestKeys.KeyFilePassword,
                ["(default is \"Y\"): "] = "y",
            }));

        var problems = await File.ReadAllTextAsync(errors);
        File.Delete(errors);
        Assert.True(problems.Length == 0, $"{script}\n{problems}\n{string.Join('\n', screen)}");
        Assert.True(screen.Count > 0 || !ShowsSomething(script), $"Nothing came of: {script}");
        return traces;
    }

    public async Task InitializeAsync()
    {
        await _world.InitializeAsync();
        _terminal = await Terminal.StartAsync(120, "");
    }

    public async Task DisposeAsync()
    {
        await _terminal.DisposeAsync();
        await _world.DisposeAsync();
    }

    private static bool ShowsSomething(string script) => Parser.ParseInput(script, out _, out _).EndBlock.Statements[^1] is PipelineAst pipeline
        && pipeline.PipelineElements[^1] is CommandAst { Redirections.Count: 0 } last
        && !SilentCommands.Contains(last.GetCommandName());
}
