using System.Linq;

namespace IExec.Tasks.PackageTests.Scripts;

/// <summary>Checks the repository's scripts against the rules, and the rules against examples.</summary>
public sealed class ScriptRuleTests
{
    private const string Manifest = "GUID = ''; Author = ''; Description = ''; PowerShellVersion = '5.1'; RootModule = 'x.psm1'; FunctionsToExport = @()";

    /// <summary>For each rule, a script that violates it and a similar one that does not.</summary>
    private static readonly (string Rule, string Bad, string Good)[] Samples =
    [
        ("AvoidUsingCmdletAliases", "1 | % { $_ }", "1 | ForEach-Object { $_ % 2 }"),
        ("AvoidUsingWriteHost", "Write-Host hello", "'Write-Host hello'"),
        ("AvoidUsingInvokeExpression", "Invoke-Expression $code", "& $code"),
        ("AvoidUsingConvertToSecureStringWithPlainText", "ConvertTo-SecureString $key -AsPlainText", "ConvertTo-SecureString $encrypted"),
        ("AvoidUsingPositionalParameters", "Save-Thing a b c", "Save-Thing a b -Third c"),
        ("AvoidUsingEmptyCatchBlock", "try { 1 } catch { }", "try { 1 } catch { throw }"),
        ("PossibleIncorrectComparisonWithNull", "if ($x -eq $null) { 1 }", "if ($null -eq $x) { 1 }"),
        ("PossibleIncorrectUsageOfAssignmentOperator", "if ($x = 1) { $x }", "if ($x -eq 1) { $x }"),
        ("UseApprovedVerbs", "function Grab-Thing { }", "function Get-Thing { }"),
        ("UseSingularNouns", "function Get-Things { }", "function Get-Address { }"),
        ("UseShouldProcessForStateChangingFunctions", "function Set-Thing { }", "function Set-Thing { [CmdletBinding(SupportsShouldProcess)] param() }"),
        ("AvoidUsingPlainTextForPassword", "param([string] $KeyPassword) $KeyPassword", "param([securestring] $KeyPassword) $KeyPassword"),
        ("AvoidDefaultValueSwitchParameter", "param([switch] $Force = $true) $Force", "param([switch] $Force) $Force"),
        ("AvoidDefaultValueForMandatoryParameter", "param([Parameter(Mandatory)] $X = 1) $X", "param([Parameter(Mandatory = $false)] $X = 1) $X"),
        ("ReviewUnusedParameter", "function Get-Thing($Name) { 1 }", "function Get-Thing($Name) { & { $Name } }"),
        ("AvoidAssignmentToAutomaticVariable", "foreach ($input in 1) { $input }", "foreach ($item in 1) { $item }"),
        ("AvoidGlobalVars", "$global:x", "$script:x"),
        ("UseDeclaredVarsMoreThanAssignments", "[int] $count = 1", "$count = 1; \"$count\""),
        ("AvoidTrailingWhitespace", "1 \n2", "1\r\n2"),
        ("UseBOMForUnicodeEncodedFile", "'…'", "'...'"),
        ("MissingModuleManifestField", "@{ GUID = '' }", $"@{{ ModuleVersion = '1.0'; {Manifest} }}"),
        ("UseToExportFieldsInManifest", $"@{{ ModuleVersion = '1.0'; {Manifest}; CmdletsToExport = '*'; AliasesToExport = @(); VariablesToExport = @() }}", $"@{{ ModuleVersion = '1.0'; {Manifest}; CmdletsToExport = 'Get-X'; AliasesToExport = @(); VariablesToExport = @() }}"),
    ];

    public static TheoryData<string> Rules => [.. ScriptRules.All.Keys];

    [Fact]
    public void Every_script_can_be_parsed()
    {
        var scripts = ScriptFiles.Read();

        Assert.Contains(scripts, script => script.Name == "build.ps1");
        Assert.Contains(scripts, script => script.Name.Contains("Format.ps1xml: ", System.StringComparison.Ordinal));
        Assert.Empty(scripts.SelectMany(script => script.Errors));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Every_script_follows_the_rules(string rule) =>
        Assert.Empty(ScriptFiles.Read().SelectMany(script => script.Violations(rule, ScriptRules.All[rule])));

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_violation_is_found(string rule)
    {
        var (_, bad, good) = Samples.Single(sample => sample.Rule == rule);

        Assert.NotEmpty(new Script("bad.psd1", bad).Violations(rule, ScriptRules.All[rule]));
        Assert.Empty(new Script("good.psd1", good).Violations(rule, ScriptRules.All[rule]));
    }

    [Fact]
    public void A_violation_is_suppressed_only_with_a_reason()
    {
        const string Function = "function Get-Thing {{ [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSReviewUnusedParameter', ''{0})] param($Name) }}";
        var rule = ScriptRules.All["ReviewUnusedParameter"];

        Assert.NotEmpty(new Script("bad", string.Format(Function, "")).Violations("ReviewUnusedParameter", rule));
        Assert.Empty(new Script("good", string.Format(Function, ", Justification = 'why'")).Violations("ReviewUnusedParameter", rule));
    }
}
