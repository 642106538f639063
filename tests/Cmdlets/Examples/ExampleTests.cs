using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Examples;

/// <summary>Every example in the documentation works, and leaves behind only what it should.</summary>
public sealed partial class ExampleTests(ExampleTerminal terminal) : IClassFixture<ExampleTerminal>
{
    /// <summary>Examples that are tested elsewhere: by the tests of the package, and by <see cref="RunbookTests"/>.</summary>
    private static readonly string[] Elsewhere = [Documentation.Install, Documentation.Runbook];

    /// <summary>The examples that leave something behind: how many files, and how many tasks they claim, in how many transactions. The deal has two of each.</summary>
    private static readonly Dictionary<string, (int Files, int Claims, int Transactions)> Lasting = new()
    {
        ["Find-IExecTask -Status COMPLETED -Since (Get-Date).AddDays(-1) | Save-IExecTaskResult -Path ./results/"] = (2, 0, 0),
        ["Export-IExecDealReport $dealId -Path report.html"] = (1, 0, 0),
        ["Get-IExecTaskLog $taskId | ForEach-Object Stdout > out.txt"] = (1, 0, 0),
        ["Save-IExecTaskResult $taskId"] = (1, 0, 0),
        ["Save-IExecTaskResult $taskId -Path ./results -Expand"] = (3, 0, 0),
        ["Save-IExecTaskResult $taskId -BeneficiaryKeyPath ./beneficiary_key"] = (1, 0, 0),
        ["Get-IExecTask -DealId $dealId | Where-Object IsClaimable | Invoke-IExecTaskClaim"] = (0, 2, 2),
        ["Invoke-IExecTaskClaim -DealId $dealId -Force -Confirmations 12"] = (0, 2, 2),
        ["Disconnect-IExec: Close it whatever happens"] = (0, 2, 2),
        ["Export-IExecDealReport: A report of a deal"] = (1, 0, 0),
        ["Export-IExecDealReport: A report of the tasks that did not complete"] = (1, 0, 0),
        ["Export-IExecDealReport: Reports of the newest deals"] = (3, 0, 0),
        ["Find-IExecTask: Save yesterday's results"] = (2, 0, 0),
        ["Invoke-IExecTaskClaim: Claim whatever can be claimed"] = (0, 2, 2),
        ["Invoke-IExecTaskClaim: Claim only while gas is cheap"] = (0, 2, 2),
        ["Invoke-IExecTaskClaim: Wait for more confirmations"] = (0, 1, 1),
        ["Save-IExecTaskResult: Save a result here"] = (1, 0, 0),
        ["Save-IExecTaskResult: Save all results of a deal, expanded"] = (6, 0, 0),
        ["Save-IExecTaskResult: Decrypt a result"] = (2, 0, 0),
        ["Wait-IExecTask: Wait, then save or claim"] = (2, 2, 2),
        ["Watch-IExecTask: Save results as they come"] = (2, 0, 0),
    };

    /// <summary>The examples of the help, and each line of README.md: the lines of a block are alternatives.</summary>
    public static TheoryData<string, string> Examples
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (name, script) in Documentation.HelpExamples())
                data.Add(name, script);
            foreach (var (name, script) in Documentation.ReadmeBlocks().Where(block => !Elsewhere.Contains(block.Name)))
            {
                foreach (var statement in Parser.ParseInput(script, out _, out _).EndBlock.Statements)
                    data.Add(name, statement.Extent.Text);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Works_in_the_real_shell(string name, string script)
    {
        var traces = await terminal.RunAsync(script);

        var (files, claims, transactions) = Lasting.GetValueOrDefault(name.StartsWith("README", StringComparison.Ordinal) ? script : name);
        Assert.Equal((files, claims, transactions), (traces.Files.Length, traces.Claims, (int)traces.Transactions));
    }

    [Fact]
    public async Task The_tour_that_the_README_begins_with_runs_to_its_end()
    {
        const string Test = "dotnet test"; // what runs this
        Assert.Equal(["dotnet run --project tests/Playground", Test], Documentation.ReadmeCommands());
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "IExec.Task.Playground.dll"));

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(0, process.ExitCode);
        Assert.Contains("That was the tour.", output, StringComparison.Ordinal);
        Assert.All(Documentation.ReadmeOutput().SelectMany(block => block.Split("\n\n# ")), step => Assert.Contains(Timeless(step.Trim()), Timeless(output), StringComparison.Ordinal));
    }

    [Fact]
    public void The_README_explains_every_error_id_and_no_other() => Assert.Equal(Enum.GetNames<IExecErrorId>(), Documentation.ReadmeErrorIds());

    /// <summary>Removes what differs between runs and systems: times, ports, and line ends; and warnings, which README.md leaves out.</summary>
    private static string Timeless(string output) => Changing().Replace(output, "");

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|(?<=127\.0\.0\.1:)\d+|^WARNING: [^\n]*\n| *\r?$", RegexOptions.Multiline, 1000)]
    private static partial Regex Changing();
}
