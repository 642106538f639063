using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;

namespace IExec.Tasks.PackageTests.Scripts;

/// <summary>A script of the repository, parsed.</summary>
/// <param name="Name">Where it is.</param>
/// <param name="Text">What it says.</param>
/// <param name="HasByteOrderMark">Whether Windows PowerShell can see that it is UTF-8.</param>
internal sealed record Script(string Name, string Text, bool HasByteOrderMark = false)
{
    private ParseError[] _errors = [];

    /// <summary>The syntax tree.</summary>
    public ScriptBlockAst Tree => field ??= Parser.ParseInput(Text, Name, out _, out _errors);

    /// <summary>What the parser does not understand.</summary>
    public IReadOnlyList<string> Errors => Tree is null ? [] : [.. _errors.Select(error => $"{Name}:{error.Extent.StartLineNumber} {error.Message}")];

    /// <summary>All nodes of a kind, those in nested script blocks too.</summary>
    public IEnumerable<T> All<T>()
        where T : Ast => Tree.FindAll(node => node is T, searchNestedScriptBlocks: true).Cast<T>();

    /// <summary>What a rule finds and no SuppressMessage attribute around it excuses, as PSScriptAnalyzer reads them.</summary>
    public IEnumerable<string> Violations(string rule, Func<Script, IEnumerable<Ast>> find) =>
        from node in find(this)
        where !ParamBlocksAround(node).SelectMany(block => block.Attributes).Any(attribute => Suppresses(attribute, rule))
        select $"{Name}:{node.Extent.StartLineNumber} {rule}: {node.Extent.Text.Split('\n')[0]}";

    private static IEnumerable<ParamBlockAst> ParamBlocksAround(Ast node)
    {
        for (var around = node; around is not null; around = around.Parent)
        {
            if (around is ScriptBlockAst { ParamBlock: { } block })
                yield return block;
        }
    }

    private static bool Suppresses(AttributeAst attribute, string rule) =>
        attribute.TypeName.Name.EndsWith("SuppressMessageAttribute", StringComparison.Ordinal)
        && attribute.PositionalArguments is [StringConstantExpressionAst name, ..] && name.Value == "PS" + rule
        && attribute.NamedArguments.Any(argument => argument.ArgumentName == "Justification");
}
