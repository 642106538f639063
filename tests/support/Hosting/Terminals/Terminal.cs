using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Hosting.Terminals;

/// <summary>
/// The real PowerShell in a pseudo-terminal, with PSReadLine and simulated typing. The pseudo-terminal is created by <c>script</c> of util-linux.
/// The shell has a new home folder and a fixed prompt.
/// </summary>
public sealed class Terminal : IAsyncDisposable
{
    /// <summary>The shell's prompt.</summary>
    public const string Prompt = "PS> ";

    private const int Height = 40;
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(2);
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("iexec-terminal-");
    private readonly Lock _lock = new();
    private readonly Process _process;
    private readonly TerminalScreen _screen;
    private readonly Task _reading;

    private Terminal(int width, string profile)
    {
        var script = Path.Combine(_home.FullName, "profile.ps1");
        File.WriteAllText(script, $"function prompt {{ '{Prompt}' }}\n{profile}");
        // A test run in the background may ignore Ctrl+C, which child processes inherit; env resets it.
        var shell = $"env --default-signal=INT dotnet '{RestoredTools.PowerShell}' -NoLogo -NoProfile -NoExit -File '{script}'";
        var start = new ProcessStartInfo("script") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = _home.FullName };
        foreach (var argument in (string[])["--quiet", "--return", "--flush", "--command", $"stty cols {width} rows {Height}; exec {shell}", "/dev/null"])
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["TERM"] = "xterm-256color",
            ["HOME"] = _home.FullName,
            ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
            ["POWERSHELL_UPDATECHECK"] = "Off",
        })
        {
            start.Environment[name] = value;
        }

        foreach (var name in (string[])["PSModulePath", "NO_COLOR"])
            start.Environment.Remove(name);
        _screen = new TerminalScreen(width, Height, Send);
        _process = Process.Start(start)!;
        _reading = ReadAsync();
    }

    /// <summary>The lines on the screen, and those that were scrolled off.</summary>
    public IReadOnlyList<string> Lines => Look(screen => screen.Lines);

    /// <summary>Starts the shell, and waits for its prompt.</summary>
    /// <param name="width">The columns of the terminal.</param>
    /// <param name="profile">What the shell runs first.</param>
    public static async Task<Terminal> StartAsync(int width, string profile)
    {
        var terminal = new Terminal(width, profile);
        await terminal.WaitForPromptAsync();
        return terminal;
    }

    /// <summary>Types text; <c>\r</c> is Enter, <c>\t</c> Tab, <c>\u0003</c> Ctrl+C.</summary>
    public void Type(string keys) => Send(keys);

    /// <summary>Types a line, waits for the next prompt, and returns what the screen shows between both.</summary>
    /// <param name="line">The line.</param>
    /// <param name="answers">The answers to prompts, by the end of the prompt.</param>
    public async Task<IReadOnlyList<string>> RunAsync(string line, IReadOnlyDictionary<string, string>? answers = null)
    {
        var before = Lines.Count;
        var answered = before; // the number of lines when an answer was typed: each prompt is on a line of its own
        Type(line + "\r");
        await WaitUntilAsync(
            screen =>
            {
                if (screen.Lines.Count > answered && answers?.FirstOrDefault(answer => screen.LineToCursor.EndsWith(answer.Key, StringComparison.Ordinal)).Value is { } keys)
                {
                    answered = screen.Lines.Count;
                    Send(keys + "\r");
                }

                return screen.Lines.Count > before && IsAtPrompt(screen);
            },
            line);
        return Lines.Skip(before).SkipLast(1).ToList();
    }

    /// <summary>Waits for the prompt.</summary>
    public Task WaitForPromptAsync() => WaitUntilAsync(IsAtPrompt, Prompt);

    /// <summary>Presses Ctrl+C until the prompt appears: the shell ignores it while it starts to read the answer to a prompt.</summary>
    public async Task InterruptAsync()
    {
        var sincePressed = new Stopwatch();
        await WaitUntilAsync(
            screen =>
            {
                if (IsAtPrompt(screen))
                    return true;
                if (!sincePressed.IsRunning || sincePressed.Elapsed > TimeSpan.FromSeconds(3))
                {
                    Send("\u0003");
                    sincePressed.Restart();
                }

                return false;
            },
            Prompt);
    }

    /// <summary>Waits until a text is on the screen.</summary>
    public Task WaitForAsync(string text) => WaitUntilAsync(screen => string.Join('\n', screen.Lines).Contains(text, StringComparison.Ordinal), text);

    /// <summary>Waits until the line up to the cursor is this.</summary>
    public Task WaitForLineAsync(string line) => WaitUntilAsync(screen => screen.LineToCursor == line, line);

    /// <summary>The style of a text that is on the screen: the parameters of the SGR sequences that it was written with.</summary>
    public string StyleOf(string text) => Look(screen => screen.StyleOf(text));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
        _home.Delete(recursive: true);
    }

    private static bool IsAtPrompt(TerminalScreen screen) => screen.LineToCursor == Prompt;

    private async Task ReadAsync()
    {
        var characters = new char[4096];
        while (await _process.StandardOutput.ReadAsync(characters) is > 0 and var count)
        {
            lock (_lock)
                _screen.Write(new string(characters, 0, count));
        }
    }

    private async Task WaitUntilAsync(Func<TerminalScreen, bool> condition, string expected)
    {
        var clock = Stopwatch.StartNew();
        while (!Look(condition))
        {
            if (clock.Elapsed > DefaultTimeout || _reading.IsFaulted || _process.HasExited)
                throw new TimeoutException($"Waited for: {expected}\nThe screen shows:\n{string.Join('\n', Lines)}", _reading.Exception);
            await Task.Delay(20);
        }
    }

    private T Look<T>(Func<TerminalScreen, T> view)
    {
        lock (_lock)
            return view(_screen);
    }

    private void Send(string keys)
    {
        try
        {
            _process.StandardInput.Write(keys);
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // The shell has ended: its last query to the terminal needs no response, and a wait for the screen fails.
        }
    }
}
