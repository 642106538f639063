using System;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Hosting.Terminals;

namespace IExec.Tasks.CmdletTests.Acceptance;

/// <summary>The real shell in a terminal: what the screen shows, and what keys do.</summary>
public sealed class TerminalTests(TerminalFixture fixture) : IClassFixture<TerminalFixture>
{
    private const string CtrlC = "\u0003";

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task Tasks_and_errors_are_lines_that_fit_and_have_their_colours(int width)
    {
        await using var terminal = await fixture.OpenAsync(width);

        var tasks = await terminal.RunAsync("Get-IExecTask $tasks.completedSingle, $tasks.activeTimeout");
        var deadlines = await terminal.RunAsync("Get-IExecTask $tasks.completedSingle, $tasks.activeTimeout | ForEach-Object { $_.FinalDeadline.ToString('u') }");
        var error = await terminal.RunAsync("Get-IExecTask 0x12");
        var timeline = await terminal.RunAsync("Get-IExecTaskOffchainInfo $tasks.active");

        var (done, late) = (IdOf("completedSingle"), IdOf("activeTimeout"));
        string[] narrow = ["", "Status       TaskId", "------       ------", $"COMPLETED    {done}", $"TIMEOUT      {late}", ""];
        string[] wide =
        [
            "",
            "Status       TaskId                                                             FinalDeadline          Index",
            "------       ------                                                             -------------          -----",
            $"COMPLETED    {done} {deadlines[^2]}       0",
            $"TIMEOUT      {late} {deadlines[^1]}       0",
            "",
        ];
        Assert.Equal(width == 80 ? narrow : wide, tasks);
        Assert.Equal(["Get-IExecTask: '0x12' is not a task id.", "  Recommendation: Pass a task id: 0x followed by 64 hexadecimal digits."], error);
        Assert.Equal(("32", "33"), (terminal.StyleOf("COMPLETED"), terminal.StyleOf("TIMEOUT")));
        Assert.Equal("31;1", terminal.StyleOf("Get-IExecTask:"));
        Assert.Equal("31", terminal.StyleOf("APP_IMAGE_DOWNLOAD_FAILED"));
        Assert.Equal(["Task", "Status", "Source", "Why"], timeline.Where(line => line.Length > 0 && line[0] != ' ').Take(4).Select(line => line.Split(' ')[0]));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task Progress_is_shown_below_the_tasks_until_Ctrl_C_removes_it(int width)
    {
        await using var terminal = await fixture.OpenAsync(width);
        const string Command = "Wait-IExecTask $tasks.activeTimeout, $tasks.active -PollingIntervalSec 1";

        terminal.Type(Command + "\r");
        await terminal.WaitForAsync("1 of 2 final");
        await terminal.WaitForAsync("]");
        var bar = terminal.Lines[^1];
        var style = terminal.StyleOf("Watching tasks");
        terminal.Type(CtrlC);
        await terminal.WaitForPromptAsync();

        Assert.StartsWith("Watching tasks [1 of 2 final, next deadline in ", bar, StringComparison.Ordinal);
        Assert.EndsWith("]", bar, StringComparison.Ordinal);
        Assert.True(bar.Length <= width, bar);
        Assert.Equal("33;1", style);
        Assert.Equal(Terminal.Prompt + Command, terminal.Lines[0]);
        Assert.StartsWith($"TIMEOUT      {IdOf("activeTimeout")}", terminal.Lines[^2], StringComparison.Ordinal);
        Assert.DoesNotContain(terminal.Lines, line => line.Contains("of 2 final", StringComparison.Ordinal));
        Assert.Equal(["ACTIVE"], await terminal.RunAsync("(Get-IExecTask $tasks.active).StatusName"));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task A_claim_prompts_with_its_cost_and_No_and_Ctrl_C_leave_the_chain_unchanged(int width)
    {
        await using var terminal = await fixture.OpenAsync(width);
        const string Command = "Invoke-IExecTaskClaim $tasks.claimable0";

        terminal.Type(Command + "\r");
        await terminal.WaitForAsync("(default is \"Y\"):");
        var question = terminal.Lines;
        terminal.Type("n\r");
        await terminal.WaitForPromptAsync();
        terminal.Type(Command + "\r");
        await terminal.WaitForAsync("n\n" + string.Join('\n', question));
        await terminal.InterruptAsync();

        var task = fixture.State.Tasks["claimable0"];
        string[] narrow =
        [
            $"Claim task {task.TaskId}",
            $"and refund 0 RLC to {fixture.State.Accounts.Requester.Address}? Gas is free.",
            "The transaction cannot be undone.",
            "[Y] Yes  [A] Yes to All  [N] No  [L] No to All  [S] Suspend  [?] Help",
            "(default is \"Y\"):",
        ];
        string[] wide =
        [
            $"Claim task {task.TaskId} and refund 0 RLC to",
            $"{fixture.State.Accounts.Requester.Address}? Gas is free. The transaction cannot be undone.",
            "[Y] Yes  [A] Yes to All  [N] No  [L] No to All  [S] Suspend  [?] Help (default is \"Y\"):",
        ];
        Assert.Equal([Terminal.Prompt + Command, "", "Claim tasks", .. width == 80 ? narrow : wide], question);
        Assert.Equal(["True"], await terminal.RunAsync("(Get-IExecTask $tasks.claimable0).IsClaimable"));
    }

    [Fact]
    public async Task A_password_prompt_does_not_show_the_password()
    {
        await using var terminal = await fixture.OpenAsync(80);

        terminal.Type("Connect-IExec bellecour -KeystorePath nowhere\r");
        await terminal.WaitForAsync("Password:");
        terminal.Type("correct horse\r");
        await terminal.WaitForPromptAsync();

        Assert.Contains("Password: *************", terminal.Lines);
        Assert.Contains("Connect-IExec: The key file cannot be read.", string.Join('\n', terminal.Lines), StringComparison.Ordinal);
        Assert.DoesNotContain("horse", string.Join('\n', terminal.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task Tab_completes_chains_parameters_and_the_ids_that_were_seen(int width)
    {
        await using var terminal = await fixture.OpenAsync(width);
        var id = IdOf("completedSingle");

        await terminal.RunAsync("$null = Get-IExecTask $tasks.completedSingle");
        terminal.Type($"Get-IExecTask {id[..6]}\t");
        await terminal.WaitForAsync(Wrapped($"{Terminal.Prompt}Get-IExecTask {id}", width));
        terminal.Type(CtrlC);
        await terminal.WaitForPromptAsync();
        terminal.Type("Connect-IExec bell\t");
        await terminal.WaitForLineAsync(Terminal.Prompt + "Connect-IExec bellecour");
        terminal.Type(" -Rp\t");
        await terminal.WaitForLineAsync(Terminal.Prompt + "Connect-IExec bellecour -RpcUrl");
        terminal.Type(CtrlC);
        await terminal.WaitForPromptAsync();
        terminal.Type("Connect-IExec \t\t");
        await terminal.WaitForAsync("arbitrum-mainnet          arbitrum-sepolia-testnet  bellecour");
    }

    /// <summary>A line as a terminal breaks it.</summary>
    private static string Wrapped(string line, int width) => string.Join('\n', line.Chunk(width).Select(part => new string(part)));

    private string IdOf(string task) => fixture.State.Tasks[task].TaskId;
}
