using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;
using System.Text;

namespace IExec.Tasks.PackageTests.Scripts;

/// <summary>Rules about whole files: their text, and the fields of a manifest.</summary>
internal static class FileRules
{
    private static readonly string[] RequiredFields = ["ModuleVersion", "GUID", "Author", "Description", "PowerShellVersion", "RootModule"];
    private static readonly string[] ExportFields = ["FunctionsToExport", "CmdletsToExport", "VariablesToExport", "AliasesToExport"];

    public static IEnumerable<Ast> AvoidTrailingWhitespace(Script script) =>
        script.Text.Split('\n').Any(line => line.TrimEnd('\r').Length > line.TrimEnd().Length) ? [script.Tree] : [];

    /// <summary>Windows PowerShell reads a file without a byte order mark in the system's encoding.</summary>
    public static IEnumerable<Ast> UseBOMForUnicodeEncodedFile(Script script) => script.HasByteOrderMark || Ascii.IsValid(script.Text) ? [] : [script.Tree];

    public static IEnumerable<Ast> MissingModuleManifestField(Script script) =>
        Manifest(script) is { } manifest && RequiredFields.Except(Fields(manifest).Keys).Any() ? [manifest] : [];

    /// <summary>With a wildcard, the engine has to load the module to find its exports.</summary>
    public static IEnumerable<Ast> UseToExportFieldsInManifest(Script script) => Manifest(script) is { } manifest
        && ExportFields.Any(field => !Fields(manifest).TryGetValue(field, out var value) || value.Contains('*', StringComparison.Ordinal) || value == "$null")
            ? [manifest]
            : [];

    private static HashtableAst? Manifest(Script script) =>
        script.Name.EndsWith(".psd1", StringComparison.Ordinal) ? script.All<HashtableAst>().FirstOrDefault() : null;

    private static Dictionary<string, string> Fields(HashtableAst table) => table.KeyValuePairs.ToDictionary(pair => pair.Item1.Extent.Text, pair => pair.Item2.Extent.Text);
}
