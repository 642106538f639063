using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using IExec.Tasks.Hosting;
using IExec.Tasks.PackageTests.Scripts;

namespace IExec.Tasks.PackageTests.Help;

/// <summary>Compares the help with the cmdlets.</summary>
public sealed class HelpTests(ModuleFixture module) : IClassFixture<ModuleFixture>
{
    private const int FewestExamples = 3;

    private readonly PowerShellHost _host = module.Host;
    private readonly IReadOnlyList<CommandHelp> _help = CommandHelp.Read();
    private readonly IReadOnlyDictionary<string, CommandShape> _cmdlets = module.Cmdlets;

    [Fact]
    public void There_is_help_for_every_cmdlet_and_for_nothing_else() =>
        Assert.Equal(_cmdlets.Keys.Order(), _help.Select(help => help.Name).Order());

    [Fact]
    public void Both_editions_get_the_same_help() =>
        Assert.Equal(
            File.ReadAllText(Path.Combine(RepositoryPaths.Root, "lib", "net8.0", "en-US", "IExec.Task.dll-Help.xml")),
            File.ReadAllText(Path.Combine(RepositoryPaths.Root, "lib", "netstandard2.0", "en-US", "IExec.Task.dll-Help.xml")));

    [Fact]
    public void Types_defaults_positions_aliases_and_pipeline_input_of_parameters_are_right() =>
        Assert.All(_help, help => AssertSame(_cmdlets[help.Name].AllParameters, help.AllParameters));

    [Fact]
    public void Parameter_sets_are_right() =>
        Assert.All(_help, help => AssertSame(_cmdlets[help.Name].Sets, help.Sets));

    [Fact]
    public void Every_cmdlet_has_a_page_online_which_is_the_modules_own()
    {
        var page = _host.Invoke("(Get-Module IExec.Task).ProjectUri.AbsoluteUri").As<string>().Single();
        Assert.All(_help, help => Assert.Equal(page, _host.Invoke("param($name) (Get-Command $name).HelpUri", ("name", help.Name)).As<string>().Single()));
    }

    [Fact]
    public void Outputs_are_right() =>
        Assert.All(_help, help => Assert.Equal(_cmdlets[help.Name].Outputs.DefaultIfEmpty("None"), help.Outputs));

    [Fact]
    public void Everything_is_described() => Assert.All(_help, help =>
    {
        Assert.EndsWith(".", help.Synopsis, StringComparison.Ordinal);
        Assert.NotEqual("", help.Description);
        Assert.NotEmpty(help.Inputs);
        Assert.Empty(help.UndescribedParameters);
        Assert.InRange(help.Examples.Count, FewestExamples, int.MaxValue);
    });

    [Fact]
    public void Links_name_existing_topics() => Assert.All(_help, help =>
    {
        Assert.NotEmpty(help.Links);
        Assert.Empty(help.Links.Except(_cmdlets.Keys).Except(AboutTopics));
    });

    [Fact]
    public void Examples_use_cmdlets_and_parameters_that_exist() => Assert.All(_help, help =>
    {
        Assert.Contains(help.Examples, example => example.Contains(help.Name, StringComparison.Ordinal));
        Assert.All(help.Examples, example => Assert.Empty(ModuleUse.Mistakes(new Script(help.Name, example), _cmdlets)));
    });

    [Fact]
    public void Get_Help_shows_what_was_written()
    {
        var text = _host.Render("Get-Help Get-IExecTask -Full");

        Assert.Contains("Reads tasks from the chain.", text, StringComparison.Ordinal);
        Assert.Contains("Get-IExecTask -DealId <String[]> [-Index <Int64[]>] [-BatchSize <Int32>] [-Connection <IExecConnection>]", text, StringComparison.Ordinal);
        Assert.Contains("Accept pipeline input?       True (ByValue, ByPropertyName)", text, StringComparison.Ordinal);
        Assert.Contains("Example 1: Look at a task", text, StringComparison.Ordinal);
        Assert.Matches(@"\n *\r?\n +Example 2: ", text); // apart from the first
    }

    [Fact]
    public void About_topics_are_found_in_the_clone() =>
        Assert.All(AboutTopics, topic => Assert.Contains(topic, _host.Render($"Get-Help {topic}"), StringComparison.Ordinal));

    private static IEnumerable<string> AboutTopics => Directory
        .EnumerateFiles(Path.Combine(RepositoryPaths.Root, "src", "IExec.Task", "en-US"), "about_*.help.txt")
        .Select(file => Path.GetFileName(file).Split('.')[0]);

    private static void AssertSame(IEnumerable<string> cmdlet, IEnumerable<string> help)
    {
        if (!cmdlet.Order().SequenceEqual(help.Order()))
            Assert.Fail($"The help says\n{string.Join('\n', help.Except(cmdlet))}\nand the cmdlet\n{string.Join('\n', cmdlet.Except(help))}");
    }
}
