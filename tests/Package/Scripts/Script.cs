using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;

namespace IExec.Tasks.PackageTests.Scripts;

/// <summary>A script of the repository, parsed.</summary>
/// <param name="Name">Its path.</param>
/// <param name="Text">Its content.</param>
/// <param name="HasByteOrderMark">Whether Windows PowerShell can see that it is UTF-8.</param>
internal sealed record Script(string Name, string Text, bool HasByteOrderMark = false)
{
    private ParseError[] _errors = [];

    /// <summary>The syntax tree.</summary>
    public ScriptBlockAst Tree => field ??= Parser.ParseInput(Text, Name, out _, out _errors);

    /// <summary>The parser's errors.</summary>
    public IReadOnlyList<string> Errors => Tree is null ? [] : [.. _errors.Select(error => $"{Name}:{error.Extent.StartLineNumber} {error.Message}")];

    /// <summary>All nodes of a type, including those in nested script blocks.</summary>
    public IEnumerable<T> All<T>()
        where T : Ast => Tree.FindAll(node => node is T, searchNestedScriptBlocks: true).Cast<T>();

    /// <summary>The violations of a rule that no SuppressMessage attribute around them suppresses, as in PSScriptAnalyzer.</summary>
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
