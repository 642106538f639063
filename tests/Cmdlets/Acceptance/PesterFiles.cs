using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Acceptance;

/// <summary>The tests in the files of tests/Pester, read without running them.</summary>
internal static class PesterFiles
{
    public static string Folder { get; } = Path.Combine(RepositoryPaths.Root, "tests", "Pester");

    /// <summary>The path of every test: its file, the blocks around it and its name, as they are written.</summary>
    public static IEnumerable<string> TestPaths() =>
        from file in Directory.EnumerateFiles(Folder, "*.Tests.ps1", SearchOption.AllDirectories).Order()
        from command in Parser.ParseFile(file, out _, out _).FindAll(node => IsCommand(node, "It"), searchNestedScriptBlocks: true)
        select string.Join(" > ", Blocks(command).Reverse().Append(NameOf(command)).Prepend(Path.GetFileName(file)));

    private static IEnumerable<string> Blocks(Ast command)
    {
        for (var parent = command.Parent; parent is not null; parent = parent.Parent)
        {
            if (IsCommand(parent, "Describe", "Context"))
                yield return NameOf(parent);
        }
    }

    private static bool IsCommand(Ast node, params string[] names) => node is CommandAst command && names.Contains(command.GetCommandName());

    private static string NameOf(Ast command) => ((StringConstantExpressionAst)((CommandAst)command).CommandElements[1]).Value;
}
