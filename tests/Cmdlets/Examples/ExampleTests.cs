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

/// <summary>Everything that the documentation tells users to type works.</summary>
public sealed partial class ExampleTests(ExampleWorld world) : IClassFixture<ExampleWorld>
{
    /// <summary>What is not run here, with the reason.</summary>
    private static readonly string[] RunElsewhere =
    [
        "dotnet build", // has run, or there would be no module
        "Import-Module ./IExec.Task.psd1", // how every session of these tests begins
        "./build.ps1 -Task Pack", // by the tests of the package
        "Register-PSResourceRepository local (Convert-Path ./out) -Trusted", // the engine has no PSResourceGet; the tests of the package
        "Install-PSResource IExec.Task -Repository local", // unpack the .nupkg in its place
    ];

    private readonly ExampleRunner _runner = new(world);

    public static TheoryData<string, string> HelpExamples => ToData(Documentation.HelpExamples());

    public static TheoryData<string, string> ReadmeBlocks => ToData(Documentation.ReadmeBlocks());

    [Theory]
    [MemberData(nameof(HelpExamples))]
    public async Task Examples_of_the_help_work(string name, string script)
    {
        using var host = world.OpenSession();

        await _runner.AssertWorksAsync(host, name, script);
    }

    /// <summary>The lines of a block are alternatives, so that each finds the chain as the first did.</summary>
    [Theory]
    [MemberData(nameof(ReadmeBlocks))]
    public async Task Blocks_of_the_README_work(string name, string script)
    {
        using var host = world.OpenSession();

        var statements = Parser.ParseInput(script, out _, out _).EndBlock.Statements.Select(statement => statement.Extent.Text);
        foreach (var statement in statements.Except(RunElsewhere))
            await _runner.AssertWorksAsync(host, name, statement);
    }

    [Fact]
    public async Task The_runbook_of_the_README_says_by_its_exit_code_how_it_went()
    {
        using var host = world.OpenSession();

        var partly = await _runner.RunAsync(host, Runbook);
        var files = Results();
        var failed = await _runner.RunAsync(host, "$problems = @()\n$dealId = '0x12'\n" + Runbook);

        Assert.Equal(2, partly.ExitCode);
        Assert.Equal(2, files.Length);
        Assert.Equal(["IExecTaskResult", "IExecTaskResult", "IExecTaskClaim", "IExecTaskClaim"], partly.Output.Select(item => item.BaseObject.GetType().Name));
        Assert.Equal(1, failed.ExitCode);
        Assert.StartsWith("InvalidDealId,", Assert.Single(failed.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_runbook_of_the_README_keeps_what_is_finished_when_the_time_is_up()
    {
        var deal = await world.BeginDealAsync();
        using var host = world.OpenSession();
        host.Set("dealId", deal.DealId);

        var result = await _runner.RunAsync(host, Runbook.Replace("7200", "1", StringComparison.Ordinal));

        Assert.Equal(2, result.ExitCode);
        Assert.Equal([deal.Tasks[0].TaskId + ".zip"], Results());
        Assert.StartsWith("OperationTimedOut,", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains($"2 of 3 tasks are not final after 1 s: 2 of deal {deal.DealId}.", result.Errors[0].Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 2, 2, 0)] // all that can be finished is: two results, two refunds
    [InlineData(true, 1, 0, 1)] // a third of the deal is finished when the time is up
    public async Task The_example_of_a_runbook_saves_and_claims_what_it_counts(bool isBegunOnly, int saved, int claimed, int errors)
    {
        using var host = world.OpenSession();
        if (isBegunOnly)
            host.Set("dealId", (await world.BeginDealAsync()).DealId);
        var script = Path.Combine(RepositoryPaths.Root, "tests", "Pester", "Example", "Complete-Deal.ps1");

        var result = await _runner.RunAsync(host, $"& '{script}' -DealId $dealId -TimeoutSec 1; Get-IExecTask -DealId $dealId");
        var tasks = result.Output.Skip(1).Select(item => (IExecTask)item.BaseObject).ToArray();

        Assert.Equal(new object[] { saved, claimed, false }, result.Output[0].Properties.Select(property => property.Value));
        Assert.Equal(tasks.Where(task => task.Status == IExecTaskStatus.Completed).Select(task => task.TaskId + ".zip").Order(StringComparer.Ordinal), Results());
        Assert.Equal((saved, claimed), (Results().Length, tasks.Count(task => task.Status == IExecTaskStatus.Failed)));
        Assert.Equal(errors, result.Errors.Count);
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

    private static string Runbook => Documentation.ReadmeBlocks().Single(block => block.Name == "README.md: In a runbook").Script;

    /// <summary>The files that the last script saved, with none that is half done.</summary>
    private string[] Results() =>
        [.. Directory.EnumerateFileSystemEntries(Path.Combine(world.Folder, "results")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>Without what is another in each run or on another system: when it was, ports, and how lines end.</summary>
    private static string Timeless(string output) => Changing().Replace(output, "");

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d|(?<=127\.0\.0\.1:)\d+|\r", RegexOptions.None, 1000)]
    private static partial Regex Changing();

    private static TheoryData<string, string> ToData(IEnumerable<(string Name, string Script)> scripts)
    {
        var data = new TheoryData<string, string>();
        foreach (var (name, script) in scripts)
            data.Add(name, script);
        return data;
    }
}
