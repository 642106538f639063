using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using IExec.Tasks.PackageTests.Help;

namespace IExec.Tasks.PackageTests.Scripts;

/// <summary>The use of the module in a script.</summary>
internal static partial class ModuleUse
{
    /// <summary>Errors: invalid syntax, cmdlets of the module that do not exist, called or named, and parameters that they do not have.</summary>
    public static IEnumerable<string> Mistakes(Script script, IReadOnlyDictionary<string, CommandShape> cmdlets) =>
    [
        .. script.Errors,
        .. from name in script.All<StringConstantExpressionAst>()
           where CmdletName().IsMatch(name.Value) && !cmdlets.ContainsKey(name.Value)
           select $"{script.Name}:{name.Extent.StartLineNumber} {name.Value} does not exist",
        .. from command in script.All<CommandAst>()
           where cmdlets.ContainsKey(command.GetCommandName() ?? "")
           from parameter in command.CommandElements.OfType<CommandParameterAst>()
           where !cmdlets[command.GetCommandName()].Takes(parameter.ParameterName)
           select $"{script.Name}:{command.Extent.StartLineNumber} {command.GetCommandName()} has no parameter {parameter.ParameterName}",
    ];

    [GeneratedRegex(@"\A\w+-IExec\w*\z", RegexOptions.None, 1000)]
    private static partial Regex CmdletName();
}
