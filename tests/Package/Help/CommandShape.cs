using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace IExec.Tasks.PackageTests.Help;

/// <summary>The parameters and sets of a cmdlet, in the same form as in <see cref="CommandHelp"/>.</summary>
internal sealed class CommandShape(CmdletInfo cmdlet)
{
    private readonly object _instance = Activator.CreateInstance(cmdlet.ImplementingType)!;

    public string Name => cmdlet.Name;

    public IEnumerable<string> Sets => cmdlet.ParameterSets.Select(set => string.Join(", ", set.Parameters.Where(IsOwn).Select(Describe).Order()));

    public IEnumerable<string> AllParameters => cmdlet.ParameterSets.SelectMany(set => set.Parameters).Where(IsOwn).Select(Describe).Distinct().Order();

    public IEnumerable<string> Outputs => cmdlet.OutputType.Where(output => output.Type != typeof(void)).Select(output => output.Name);

    /// <summary>Whether the cmdlet has a parameter with exactly this name.</summary>
    public bool Takes(string parameter) => cmdlet.Parameters.ContainsKey(parameter);

    private static bool IsOwn(CommandParameterInfo parameter) => !Cmdlet.CommonParameters.Contains(parameter.Name);

    private string Describe(CommandParameterInfo parameter) =>
        $"{parameter.Name}: {(Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType).Name}"
        + $" required={Text(parameter.IsMandatory)} position={(parameter.Position == int.MinValue ? "named" : parameter.Position.ToString(CultureInfo.InvariantCulture))}"
        + $" pipeline={Pipeline(parameter)} aliases={(parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases))}"
        + $" wildcards={Text(parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any())} default={Default(parameter)}";

    private static string Pipeline(CommandParameterInfo parameter) => (parameter.ValueFromPipeline, parameter.ValueFromPipelineByPropertyName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    private string Default(CommandParameterInfo parameter) => cmdlet.ImplementingType.GetProperty(parameter.Name)?.GetValue(_instance) switch
    {
        SwitchParameter { IsPresent: false } => "False",
        null when parameter.ParameterType == typeof(SwitchParameter) => "False", // WhatIf and Confirm are the engine's
        null or ICollection { Count: 0 } => "None",
        string[] values => string.Join(", ", values),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Text(bool value) => value ? "true" : "false";
}
