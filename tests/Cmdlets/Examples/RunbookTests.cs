using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Examples;

/// <summary>The runbooks in the documentation: run by the real shell, from a file, not interactive.</summary>
public sealed class RunbookTests(ExampleWorld world) : IClassFixture<ExampleWorld>
{
    private static readonly string Runbook = Documentation.ReadmeBlocks().Single(block => block.Name == Documentation.Runbook).Script;

    [Fact]
    public async Task The_exit_code_of_the_READMEs_runbook_reports_the_outcome()
    {
        var (partly, traces) = await RunAsync(Runbook);
        var (failed, nothing) = await RunAsync("$problems = @()\n$dealId = '0x12'\n" + Runbook);

        Assert.Equal((2, ""), (partly.ExitCode, partly.Error));
        Assert.Equal(world.Deal.Tasks.Take(2).Select(Result).Order(StringComparer.Ordinal), traces.Files);
        Assert.Equal(2, traces.Claims);
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("'0x12' is not a deal id.", Message(failed), StringComparison.Ordinal);
        Assert.Equivalent(new Traces([], 0, 0), nothing);
    }

    [Fact]
    public async Task The_READMEs_runbook_saves_finished_tasks_at_the_timeout()
    {
        var deal = await world.BeginDealAsync("runbook");

        var (shell, traces) = await RunAsync(Runbook.Replace("7200", "1", StringComparison.Ordinal), deal);

        Assert.Equal(2, shell.ExitCode);
        Assert.Contains($"2 of 3 tasks are not final after 1 s: 2 of deal {deal.DealId}.", Message(shell), StringComparison.Ordinal);
        Assert.Equivalent(new Traces([Result(deal.Tasks[0])], 0, 0), traces);
    }

    [Theory]
    [InlineData(false, 2, 2)] // all that can be finished is: two results, two refunds
    [InlineData(true, 1, 0)] // a third of the deal is finished when the time is up
    public async Task The_example_of_a_runbook_saves_and_claims_what_it_counts(bool isBegunOnly, int saved, int claimed)
    {
        var deal = isBegunOnly ? await world.BeginDealAsync("example") : world.Deal;
        var script = Path.Combine(RepositoryPaths.Root, "tests", "Pester", "Example", "Complete-Deal.ps1");

        var (shell, traces) = await RunAsync($"& '{script}' -DealId $dealId -TimeoutSec 1 | ConvertTo-Json -Compress", deal);

        Assert.Equal($$"""{"Saved":{{saved}},"Claimed":{{claimed}},"IsComplete":false}""", shell.Output.Trim().Split('\n')[^1]); // after warnings
        Assert.Equal(deal.Tasks.Take(saved).Select(Result).Order(StringComparer.Ordinal), traces.Files);
        Assert.Equal(claimed, traces.Claims);
        Assert.Equal(isBegunOnly, Message(shell).Contains("tasks are not final after 1 s", StringComparison.Ordinal));
    }

    private async Task<(RealShell Shell, Traces Traces)> RunAsync(string script, DevnetDeal? deal = null)
    {
        RealShell shell = null!;
        var traces = await world.RunAsync(script, async file => shell = await RealShell.RunFileAsync(file), deal);
        return (shell, traces);
    }

    /// <summary>Its errors, without the bars and line breaks that the console adds.</summary>
    private static string Message(RealShell shell) => string.Join(' ', shell.Error.Split([' ', '|', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));

    private static string Result(DevnetTask task) => $"results/{task.TaskId}.zip";
}
