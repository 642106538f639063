using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;

namespace IExec.Tasks.PackageTests.Scripts;

/// <summary>The default rules of PSScriptAnalyzer that can be checked from a syntax tree, with the same names. The analyzer itself needs a full PowerShell.</summary>
internal static class ScriptRules
{
    public static IReadOnlyDictionary<string, Func<Script, IEnumerable<Ast>>> All { get; } =
        new[] { typeof(CommandRules), typeof(FunctionRules), typeof(VariableRules), typeof(FileRules) }
            .SelectMany(type => type.GetMethods())
            .Where(method => method.IsStatic)
            .ToDictionary(method => method.Name, method => method.CreateDelegate<Func<Script, IEnumerable<Ast>>>());
}
