using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Views;

/// <summary>The views of the module's objects in a console.</summary>
public sealed partial class ViewTests
{
    private static readonly string[] Commands = ["$items", "$items | Format-Table", "$items | Format-List"];

    public static TheoryData<string, int> Views
    {
        get
        {
            var views = new TheoryData<string, int>();
            foreach (var name in Samples.All.Keys)
            {
                views.Add(name, 80);
                views.Add(name, 120);
            }

            return views;
        }
    }

    [Theory]
    [MemberData(nameof(Views))]
    public void Objects_are_drawn_as_in_the_golden_file(string name, int width)
    {
        using var host = Show(name, new HostOptions { Width = width });

        var screen = Commands.SelectMany(command => Lines(host.Render(command)).Prepend($"PS> {command}"));

        GoldenFile.AssertSame($"{name}-{width}", string.Join('\n', screen) + "\n");
    }

    [Theory]
    [InlineData("tasks")]
    [InlineData("deals")]
    [InlineData("updates")]
    [InlineData("claims")]
    public void An_id_is_never_cut_however_narrow_the_console(string name)
    {
        using var host = Show(name, new HostOptions { Width = 50 });

        Assert.DoesNotContain('…', host.Render("$items"));
    }

    [Theory]
    [InlineData("tasks", "\u001b[32mCOMPLETED\u001b[0m")]
    [InlineData("updates", "\u001b[33mTIMEOUT\u001b[0m")]
    [InlineData("offchain-info", "\u001b[31mCOMPUTE_FAILED\u001b[0m")]
    public void There_is_colour_where_the_console_has_it(string name, string colored)
    {
        using var colorful = Show(name, new HostOptions { SupportsVirtualTerminal = true });
        using var plain = Show(name, new HostOptions { SupportsVirtualTerminal = false });

        Assert.Contains(colored, colorful.Render("$items"), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', plain.Render("$items"));
    }

    /// <summary>Hyperlinks have no width: a table looks the same with them.</summary>
    [Theory]
    [InlineData("tasks", "arbitrum-sepolia-testnet/task/")]
    [InlineData("deals", "arbitrum-sepolia-testnet/deal/")]
    [InlineData("updates", "arbitrum-sepolia-testnet/task/")]
    [InlineData("claims", "arbitrum-mainnet/tx/")]
    public void An_id_in_a_table_leads_to_the_explorer_where_the_console_has_links(string name, string page)
    {
        foreach (var width in new[] { 50, 80, 120 })
        {
            using var linked = Show(name, new HostOptions { Width = width, SupportsVirtualTerminal = true });
            using var plain = Show(name, new HostOptions { Width = width });
            var table = linked.Render("$items");

            Assert.Contains($"\u001b]8;;https://explorer.iex.ec/{page}0x", table, StringComparison.Ordinal);
            Assert.Equal(Lines(plain.Render("$items")), Lines(EscapeSequence().Replace(table, "")));
        }
    }

    [GeneratedRegex("\u001b(\\[[0-9;]*m|\\]8;;[^\u001b]*\u001b\\\\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EscapeSequence();

    [Theory]
    [InlineData("deals")]
    [InlineData("logs")]
    [InlineData("replicates")]
    [InlineData("offchain-info")]
    [InlineData("events")]
    [InlineData("diagnoses")]
    [InlineData("workerpools")]
    public void Control_characters_of_workers_never_reach_the_terminal(string name)
    {
        using var host = Show(name, new HostOptions { SupportsVirtualTerminal = true });

        Assert.All(Commands, command => Assert.DoesNotMatch("\u001b\\[(2J|31mall|31mCOMPUTING|35mAPP|31m$)", host.Render(command)));
    }

    private static PowerShellHost Show(string name, HostOptions options)
    {
        var host = PowerShellHost.WithModule(options);
        host.Import(RestoredTools.Utility);
        host.Set("items", Samples.All[name]);
        return host;
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.TrimEnd());
}
