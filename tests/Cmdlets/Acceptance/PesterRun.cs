using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using IExec.Tasks.Hosting;
using IExec.Tasks.Playground;

namespace IExec.Tasks.CmdletTests.Acceptance;

/// <summary>The results of a run of tests/Pester: real Pester in the real shell, against the services of <c>Playground --serve</c>.</summary>
/// <param name="Shell">PowerShell's version.</param>
/// <param name="Pester">Pester's version.</param>
/// <param name="Tests">All tests, with each case separately.</param>
internal sealed record PesterRun(string Shell, string Pester, PesterCase[] Tests)
{
    /// <summary>The shell's output, with Pester's summary at the end.</summary>
    public string Screen { get; private init; } = "";

    /// <summary>Runs all files on a devnet of their own.</summary>
    /// <param name="pester">The version of Pester.</param>
    public static async Task<PesterRun> RunAsync(string pester)
    {
        await using var devnet = await ServedDevnet.StartAsync();
        var folder = Directory.CreateTempSubdirectory("iexec-pester-").FullName;
        var (results, file) = (Path.Combine(folder, "results.json"), Path.Combine(folder, "devnet.psd1"));
        await devnet.WriteAsync(file, RepositoryPaths.Manifest);

        var shell = await RealShell.RunFileAsync(
            Path.Combine(PesterFiles.Folder, "Invoke-Acceptance.ps1"), "-Pester", RestoredTools.Pester(pester), "-ResultPath", results, "-Devnet", file);

        var json = File.Exists(results) ? await File.ReadAllTextAsync(results) : null;
        Directory.Delete(folder, recursive: true);
        return json is not null
            ? JsonSerializer.Deserialize<PesterRun>(json)! with { Screen = shell.Output }
            : throw new InvalidOperationException($"Pester {pester} gave no results (exit code {shell.ExitCode}).\n{shell.Output}\n{shell.Error}");
    }

    /// <summary>The failures of a test; empty when all of its cases passed.</summary>
    public string ProblemOf(string path)
    {
        var cases = Tests.Where(test => string.Join(" > ", test.Path) == path).ToList();
        return cases.Count == 0
            ? "It did not run."
            : string.Join("\n\n", cases.Where(test => test.Result != "Passed").Select(test => $"{test.Name}: {test.Result}\n{test.Message}"));
    }
}

/// <summary>One case of a test in a file of tests/Pester.</summary>
/// <param name="Path">Its file, the blocks around it and its name, as they are written.</param>
/// <param name="Name">The same with the values of the case.</param>
/// <param name="Result">Passed, Failed, Skipped, NotRun …</param>
/// <param name="Message">Pester's message when it failed.</param>
internal sealed record PesterCase(string[] Path, string Name, string Result, string Message);
