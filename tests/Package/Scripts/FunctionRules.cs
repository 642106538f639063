using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Security;

namespace IExec.Tasks.PackageTests.Scripts;

/// <summary>Rules about functions and their parameters.</summary>
internal static class FunctionRules
{
    private static readonly HashSet<string> ApprovedVerbs = new(
        new[] { typeof(VerbsCommon), typeof(VerbsCommunications), typeof(VerbsData), typeof(VerbsDiagnostic), typeof(VerbsLifecycle), typeof(VerbsOther), typeof(VerbsSecurity) }
            .SelectMany(type => type.GetFields()).Select(field => field.Name),
        StringComparer.OrdinalIgnoreCase);

    private static readonly string[] ChangingVerbs = ["New", "Set", "Remove", "Start", "Stop", "Restart", "Reset", "Update"];
    private static readonly string[] WordsOfSecrets = ["Password", "Passphrase", "Secret", "PrivateKey", "Credential"];

    public static IEnumerable<Ast> UseApprovedVerbs(Script script) => Named(script).Where(function => !ApprovedVerbs.Contains(Verb(function)));

    public static IEnumerable<Ast> UseSingularNouns(Script script) => Named(script).Where(function =>
        function.Name.EndsWith('s') && !function.Name.EndsWith("ss", StringComparison.Ordinal));

    public static IEnumerable<Ast> UseShouldProcessForStateChangingFunctions(Script script) => Named(script).Where(function =>
        ChangingVerbs.Contains(Verb(function), StringComparer.OrdinalIgnoreCase)
        && function.Body.ParamBlock?.Attributes.Any(attribute => attribute.NamedArguments.Any(argument => argument.ArgumentName == "SupportsShouldProcess")) is not true);

    public static IEnumerable<Ast> AvoidUsingPlainTextForPassword(Script script) => script.All<ParameterAst>().Where(parameter =>
        Array.Exists(WordsOfSecrets, word => parameter.Name.VariablePath.UserPath.EndsWith(word, StringComparison.OrdinalIgnoreCase))
        && parameter.StaticType != typeof(SecureString) && parameter.StaticType != typeof(PSCredential));

    public static IEnumerable<Ast> AvoidDefaultValueSwitchParameter(Script script) => script.All<ParameterAst>().Where(parameter =>
        parameter.StaticType == typeof(SwitchParameter) && parameter.DefaultValue is not null);

    public static IEnumerable<Ast> AvoidDefaultValueForMandatoryParameter(Script script) => script.All<ParameterAst>().Where(parameter =>
        parameter.DefaultValue is not null
        && parameter.Attributes.OfType<AttributeAst>().SelectMany(attribute => attribute.NamedArguments)
            .Any(argument => argument.ArgumentName == "Mandatory" && (argument.ExpressionOmitted || argument.Argument.Extent.Text == "$true")));

    /// <summary>A function that passes on all its arguments uses them, too.</summary>
    public static IEnumerable<Ast> ReviewUnusedParameter(Script script) =>
        from block in script.All<ScriptBlockAst>()
        let parameters = block.ParamBlock?.Parameters ?? (block.Parent as FunctionDefinitionAst)?.Parameters
        where parameters is not null
        let used = block.FindAll(node => node is VariableExpressionAst { Parent: not ParameterAst }, searchNestedScriptBlocks: true)
            .Select(node => ((VariableExpressionAst)node).VariablePath.UserPath).ToHashSet(StringComparer.OrdinalIgnoreCase)
        where !used.Contains("PSBoundParameters")
        from parameter in parameters
        where !used.Contains(parameter.Name.VariablePath.UserPath)
        select parameter;

    private static IEnumerable<FunctionDefinitionAst> Named(Script script) =>
        script.All<FunctionDefinitionAst>().Where(function => function.Name.Contains('-', StringComparison.Ordinal));

    private static string Verb(FunctionDefinitionAst function) => function.Name.Split('-')[0];
}
