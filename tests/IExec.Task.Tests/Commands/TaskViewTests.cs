using System;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.ModuleTests.Commands;

/// <summary>What a user sees of tasks at a console.</summary>
public sealed class TaskViewTests(DevnetFixture devnet) : IClassFixture<DevnetFixture>
{
    [Fact]
    public async Task A_wide_console_shows_status_id_deadline_and_index()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect(new HostOptions { Width = 120 });
        var (completed, timedOut) = (chain.State.Tasks["completedSingle"], chain.State.Tasks["activeTimeout"]);

        var text = host.Render($"Get-IExecTask {completed.TaskId}, {timedOut.TaskId}");

        Assert.Equal(
            [
                $"{"Status",-12} {"TaskId",-66} {"FinalDeadline",-20} {"Index",7}",
                $"{"------",-12} {"------",-66} {"-------------",-20} {"-----",7}",
                $"COMPLETED    {completed.TaskId} {await DeadlineAsync(chain, completed.TaskId)} {0,7}",
                $"TIMEOUT      {timedOut.TaskId} {await DeadlineAsync(chain, timedOut.TaskId)} {0,7}",
            ],
            Lines(text));
    }

    [Fact]
    public async Task A_console_of_80_columns_leaves_the_last_columns_out()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect(new HostOptions { Width = 80 });
        var active = chain.State.Tasks["active"];

        var text = host.Render($"Get-IExecTask {active.TaskId}");

        Assert.Equal($"ACTIVE       {active.TaskId}", Lines(text)[^1]);
    }

    [Fact]
    public async Task The_id_is_never_cut()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect(new HostOptions { Width = 50 });
        var active = chain.State.Tasks["active"];

        var text = host.Render($"Get-IExecTask {active.TaskId}");

        Assert.Contains(active.TaskId, string.Concat(Lines(text).Select(line => line.Replace("ACTIVE", "", StringComparison.Ordinal).Trim())), StringComparison.Ordinal);
        Assert.DoesNotContain('…', text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_status_has_a_colour_where_the_console_has_colours(bool hasColours)
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect(new HostOptions { SupportsVirtualTerminal = hasColours });

        var text = host.Render($"Get-IExecTask {chain.State.Tasks["completedSingle"].TaskId}");

        Assert.Equal(hasColours, text.Contains("\u001b[32mCOMPLETED\u001b[0m", StringComparison.Ordinal));
        Assert.Equal(hasColours, text.Contains('\u001b'));
    }

    [Fact]
    public async Task An_error_says_what_is_wrong_and_what_to_do()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();

        var text = host.Render("Get-IExecTask 0x12");

        Assert.Equal(
            [
                "Get-IExecTask: '0x12' is not a task id.",
                "Recommendation: Pass a task id: 0x followed by 64 hexadecimal digits.",
            ],
            Lines(text).Select(line => line.Trim()));
    }

    private static async Task<string> DeadlineAsync(DevnetChain chain, string taskId) =>
        DateTimeOffset.FromUnixTimeSeconds((await RawTask.ReadAsync(chain, taskId)).FinalDeadline).ToString("yyyy-MM-dd HH:mm:ssZ");

    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
}
