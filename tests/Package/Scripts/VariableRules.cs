using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;

namespace IExec.Tasks.PackageTests.Scripts;

/// <summary>Rules about variables.</summary>
internal static class VariableRules
{
    private static readonly string[] EnginesOwn = ["_", "args", "error", "ExecutionContext", "HOME", "Host", "input", "Matches", "MyInvocation", "PSBoundParameters", "PSCmdlet", "PSCommandPath", "PSScriptRoot", "PWD", "this"];

    /// <summary>Variables whose assignment alone has an effect.</summary>
    private static readonly string[] Settings =
        ["ErrorActionPreference", "VerbosePreference", "ProgressPreference", "InformationPreference", "PSDefaultParameterValues", "OutputEncoding", "null"];

    public static IEnumerable<Ast> AvoidAssignmentToAutomaticVariable(Script script) => Assigned(script).Where(variable => Is(variable, EnginesOwn));

    public static IEnumerable<Ast> AvoidGlobalVars(Script script) => script.All<VariableExpressionAst>().Where(variable => variable.VariablePath.IsGlobal);

    /// <summary>Searched in the whole file, since BeforeAll of a test sets variables for other blocks.</summary>
    public static IEnumerable<Ast> UseDeclaredVarsMoreThanAssignments(Script script)
    {
        var assigned = Assigned(script).Where(variable => variable.VariablePath.IsUnqualified && !Is(variable, Settings)).ToList();
        var read = script.All<VariableExpressionAst>().Except(assigned).Select(variable => variable.VariablePath.UserPath).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return assigned.Where(variable => !read.Contains(variable.VariablePath.UserPath));
    }

    private static IEnumerable<VariableExpressionAst> Assigned(Script script) =>
        script.All<AssignmentStatementAst>().SelectMany(assignment => Targets(assignment.Left)).Concat(script.All<ForEachStatementAst>().Select(loop => loop.Variable));

    private static IEnumerable<VariableExpressionAst> Targets(ExpressionAst left) => left switch
    {
        VariableExpressionAst variable => [variable],
        ConvertExpressionAst conversion => Targets(conversion.Child),
        ArrayLiteralAst list => list.Elements.SelectMany(Targets),
        _ => [],
    };

    private static bool Is(VariableExpressionAst variable, string[] names) => names.Contains(variable.VariablePath.UserPath, StringComparer.OrdinalIgnoreCase);
}
