using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading.Tasks;

namespace IExec.Tasks.Fuzzing;

/// <summary>
/// Fuzzes a target, or all, each for so many seconds: <c>[target] [seconds] [seed]</c>. With a file instead of the seconds it tries that one input.
/// Inputs that break a target are written to <c>findings/</c> in the current folder.
/// </summary>
internal static class Program
{
    private const string Findings = "findings";
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(1);

    private static async Task<int> Main(string[] arguments)
    {
        Coverage.Start();
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var name = arguments.ElementAtOrDefault(0) ?? "all";
        var targets = FuzzTargets.All.Where(target => name == "all" || target.Name == name).ToList();
        if (targets.Count == 0)
        {
            await Console.Error.WriteLineAsync($"Targets: all {string.Join(' ', FuzzTargets.All.Select(target => target.Name))}");
            return 2;
        }

        if (arguments.Length > 1 && File.Exists(arguments[1]))
        {
            Console.WriteLine(await targets[0].TryAsync(await File.ReadAllBytesAsync(arguments[1]), TimeLimit));
            return 0;
        }

        var seconds = double.Parse(arguments.ElementAtOrDefault(1) ?? "10", CultureInfo.InvariantCulture);
        var seed = int.Parse(arguments.ElementAtOrDefault(2) ?? "0", CultureInfo.InvariantCulture);
        Console.WriteLine($"| target | inputs | a second | ways to end |{(Coverage.IsThere ? " branches |" : "")} broken |");
        Console.WriteLine($"|---|---|---|---|{(Coverage.IsThere ? "---|" : "")}---|");
        var broken = 0;
        foreach (var target in targets)
            broken += await RunAsync(target, TimeSpan.FromSeconds(seconds), seed);
        return broken == 0 ? 0 : 1;
    }

    /// <summary>Continues after a finding: a frequent one would hide all others.</summary>
    private static async Task<int> RunAsync(FuzzTarget target, TimeSpan time, int seed)
    {
        var session = new FuzzSession(target, seed, TimeLimit);
        using var watchdog = new Watchdog(session, () =>
        {
            Report(target, session.Current, $"{target.Name}: it does not end");
            Environment.Exit(3);
        });
        var failures = 0;
        var clock = Stopwatch.StartNew();
        for (var begun = false; clock.Elapsed < time; begun = true)
        {
            try
            {
                await (begun ? session.StepAsync() : session.ReplayAsync());
            }
            catch (FuzzFailureException failure)
            {
                if (failures++ < 10)
                    Report(target, failure.Input, failure.ToString());
            }
        }

        var branches = Coverage.IsThere ? $" {session.Branches} |" : "";
        Console.WriteLine($"| {target.Name} | {session.Count:N0} | {session.Count / clock.Elapsed.TotalSeconds:N0} | {session.Outcomes} |{branches} {failures} |");
        return failures;
    }

    private static void Report(FuzzTarget target, byte[] input, string what)
    {
        var path = Path.Combine(Findings, target.Name, Convert.ToHexStringLower(SHA256.HashData(input))[..16]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, input);
        Console.Error.WriteLine($"{path}: {what}");
    }
}
