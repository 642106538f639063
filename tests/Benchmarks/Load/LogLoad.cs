using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.Benchmarks.Load;

/// <summary>Shows a log of 10,000 lines, each with what a terminal would obey.</summary>
internal static class LogLoad
{
    private const int Lines = 10_000;
    private const double Megabyte = 1024 * 1024;

    /// <summary>Colours, clears, retitles, moves, rings, turns the direction, hides, overwrites.</summary>
    private const string Hostile = "\u001b[31mred\u001b[2J\u001b]0;owned\u0007\u009b5A\u202etxt.exe\u2066\u200b\ufeff\roverwritten";

    public static async Task<IReadOnlyCollection<Figure>> RunAsync()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        await using var world = await LoadWorld.StartAsync(chain);
        var (few, many) = (chain.State.Tasks["active"].TaskId, chain.State.Tasks["revealing"].TaskId);
        world.AddRun(few, Log(Lines / 10));
        world.AddRun(many, Log(Lines));
        using var host = PowerShellHost.WithModule(new HostOptions { SupportsVirtualTerminal = true });
        host.Set("key", LoadWorld.KeyOf(chain.State.Accounts.Requester));
        host.Set("world", world.Connection);
        host.Invoke("Connect-IExec @world -PrivateKey $key").ThrowOnError();

        Show(host, few); // warms up
        var (_, fewer) = Show(host, few);
        var idle = ProcessFigures.Take();
        var (text, time) = Show(host, many);
        var most = Process.GetCurrentProcess().PeakWorkingSet64;
        if (text.Split("overwritten").Length - 1 != Lines)
            throw new InvalidOperationException("Not every line was shown.");

        var obeyed = text.Replace("\r\n", "\n").Count(character => character is not '\n' && IsObeyed(character));
        return
        [
            new Figure("a log of 10,000 hostile lines, shown", $"{Timing.Text(time)} ({time / fewer:0.0} × as long as 1,000)", "≤ 15 × as long as 1,000", time <= 15 * fewer),
            new Figure("10,000 lines: most memory", $"{(most - idle.WorkingSet) / Megabyte:0} MB above idle", "≤ 100 MB", most - idle.WorkingSet <= 100 * Megabyte),
            new Figure("10,000 lines: characters that a terminal obeys", $"{obeyed} of {text.Length}", "none", obeyed == 0),
        ];
    }

    private static (string Text, TimeSpan Time) Show(PowerShellHost host, string taskId)
    {
        var clock = Stopwatch.StartNew();
        return (host.Render($"Get-IExecTaskLog {taskId}"), clock.Elapsed);
    }

    private static string Log(int lines) => string.Concat(Enumerable.Range(0, lines).Select(line => $"{line} {Hostile}\n"));

    private static bool IsObeyed(char character) =>
        char.IsControl(character) || character is '\u200b' or '\ufeff' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
