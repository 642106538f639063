using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;

namespace IExec.Tasks.PackageTests.Scripts;

/// <summary>Rules about the commands that a script calls, and about its expressions.</summary>
internal static class CommandRules
{
    /// <summary>Aliases, which a user may have redefined.</summary>
    private static readonly HashSet<string> Aliases = new(
        InitialSessionState.CreateDefault2().Commands.OfType<SessionStateAliasEntry>().Select(alias => alias.Name), StringComparer.OrdinalIgnoreCase);

    private const int MostPositionalArguments = 2;

    public static IEnumerable<Ast> AvoidUsingCmdletAliases(Script script) => script.All<CommandAst>().Where(command => Aliases.Contains(command.GetCommandName() ?? ""));

    public static IEnumerable<Ast> AvoidUsingWriteHost(Script script) => CallsOf(script, "Write-Host");

    public static IEnumerable<Ast> AvoidUsingInvokeExpression(Script script) => CallsOf(script, "Invoke-Expression");

    public static IEnumerable<Ast> AvoidUsingConvertToSecureStringWithPlainText(Script script) => CallsOf(script, "ConvertTo-SecureString")
        .Where(command => command.CommandElements.OfType<CommandParameterAst>().Any(parameter => parameter.ParameterName.Equals("AsPlainText", StringComparison.OrdinalIgnoreCase)));

    /// <summary>Only for cmdlets, whose parameters should be named.</summary>
    public static IEnumerable<Ast> AvoidUsingPositionalParameters(Script script)
    {
        var own = script.All<FunctionDefinitionAst>().Select(function => function.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return script.All<CommandAst>().Where(command =>
            command.GetCommandName() is { } name && name.Contains('-', StringComparison.Ordinal) && !own.Contains(name) && PositionalArguments(command) > MostPositionalArguments);
    }

    public static IEnumerable<Ast> AvoidUsingEmptyCatchBlock(Script script) => script.All<CatchClauseAst>().Where(clause => clause.Body.Statements.Count == 0);

    /// <summary>On the right of an array, $null picks elements.</summary>
    public static IEnumerable<Ast> PossibleIncorrectComparisonWithNull(Script script) => script.All<BinaryExpressionAst>().Where(comparison =>
        comparison.Operator is TokenKind.Ieq or TokenKind.Ine or TokenKind.Ceq or TokenKind.Cne
        && comparison.Right is VariableExpressionAst { VariablePath.UserPath: var name } && name.Equals("null", StringComparison.OrdinalIgnoreCase));

    /// <summary>In a condition = is nearly always meant to be -eq.</summary>
    public static IEnumerable<Ast> PossibleIncorrectUsageOfAssignmentOperator(Script script) => script.All<IfStatementAst>()
        .SelectMany(statement => statement.Clauses).Select(clause => clause.Item1).OfType<AssignmentStatementAst>();

    private static IEnumerable<CommandAst> CallsOf(Script script, string name) =>
        script.All<CommandAst>().Where(command => name.Equals(command.GetCommandName(), StringComparison.OrdinalIgnoreCase));

    /// <summary>An argument after a parameter may be its value, so it is not counted.</summary>
    private static int PositionalArguments(CommandAst command) => command.CommandElements.Skip(1)
        .Zip(command.CommandElements).Count(pair => pair is { First: not CommandParameterAst, Second: not CommandParameterAst });
}
