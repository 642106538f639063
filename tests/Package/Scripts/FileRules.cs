using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;
using System.Text;

namespace IExec.Tasks.PackageTests.Scripts;

/// <summary>Rules about whole files: their text, and what a manifest says.</summary>
internal static class FileRules
{
    private static readonly string[] RequiredFields = ["ModuleVersion", "GUID", "Author", "Description", "PowerShellVersion", "RootModule"];
    private static readonly string[] ExportFields = ["FunctionsToExport", "CmdletsToExport", "VariablesToExport", "AliasesToExport"];

    public static IEnumerable<Ast> AvoidTrailingWhitespace(Script script) =>
        script.Text.Split('\n').Any(line => line.TrimEnd('\r').Length > line.TrimEnd().Length) ? [script.Tree] : [];

    /// <summary>Windows PowerShell takes a file without a mark for one in the system's own encoding.</summary>
    public static IEnumerable<Ast> UseBOMForUnicodeEncodedFile(Script script) => script.HasByteOrderMark || Ascii.IsValid(script.Text) ? [] : [script.Tree];

    public static IEnumerable<Ast> MissingModuleManifestField(Script script) =>
        Manifest(script) is { } manifest && RequiredFields.Except(Fields(manifest).Keys).Any() ? [manifest] : [];

    /// <summary>A wildcard has the engine load the module to learn what it exports.</summary>
    public static IEnumerable<Ast> UseToExportFieldsInManifest(Script script) => Manifest(script) is { } manifest
        && ExportFields.Any(field => !Fields(manifest).TryGetValue(field, out var value) || value.Contains('*', StringComparison.Ordinal) || value == "$null")
            ? [manifest]
            : [];

    private static HashtableAst? Manifest(Script script) =>
        script.Name.EndsWith(".psd1", StringComparison.Ordinal) ? script.All<HashtableAst>().FirstOrDefault() : null;

    private static Dictionary<string, string> Fields(HashtableAst table) => table.KeyValuePairs.ToDictionary(pair => pair.Item1.Extent.Text, pair => pair.Item2.Extent.Text);
}
