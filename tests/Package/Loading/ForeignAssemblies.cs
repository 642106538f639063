using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;

namespace IExec.Tasks.PackageTests.Loading;

/// <summary>
/// The assemblies of another module: with the names of our dependencies, each with one type of its own and nothing that we need. Code that gets
/// one of them instead of ours fails.
/// </summary>
internal sealed class ForeignAssemblies : IDisposable
{
    /// <summary>Our version, an older and a newer one; Newtonsoft.Json in the version that Nethereum references.</summary>
    private static readonly Dictionary<string, Version?> Versions = new()
    {
        ["BouncyCastle.Cryptography"] = null,
        ["NBitcoin.Secp256k1"] = new(1, 0, 0, 0),
        ["Nethereum.ABI"] = new(4, 29, 0, 0),
        ["Nethereum.Hex"] = new(4, 29, 0, 0),
        ["Nethereum.Model"] = new(99, 0, 0, 0),
        ["Nethereum.RLP"] = new(5, 0, 0, 0),
        ["Nethereum.Util"] = new(4, 29, 0, 0),
        ["Nethereum.Web3"] = new(4, 29, 0, 0),
        ["Newtonsoft.Json"] = new(11, 0, 0, 0),
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iexec-foreign-");

    public ForeignAssemblies()
    {
        foreach (var (name, version) in Versions)
        {
            var ours = Path.Combine(StagedFiles.Folder("net8.0"), "Dependencies", name + ".dll");
            var identity = File.Exists(ours) ? AssemblyName.GetAssemblyName(ours) : new AssemblyName(name);
            identity.Version = version ?? identity.Version;
            var assembly = new PersistedAssemblyBuilder(identity, typeof(object).Assembly);
            assembly.DefineDynamicModule(name).DefineType($"Foreign.{name}.Marker", TypeAttributes.Public).CreateType();
            assembly.Save(Path.Combine(_folder.FullName, name + ".dll"));
        }

        File.WriteAllText(Manifest, $$"""
            @{
                ModuleVersion = '1.0'
                RequiredAssemblies = {{string.Join(", ", Names.Select(name => $"'{name}.dll'"))}}
            }
            """);
    }

    /// <summary>Without Newtonsoft.Json: PowerShell has its own, and rejects a second one in the default load context.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Versions.Keys.Where(name => name != "Newtonsoft.Json")];

    /// <summary>A module with them as RequiredAssemblies: loaded in the default load context.</summary>
    public string Manifest => Path.Combine(_folder.FullName, "Foreign.psd1");

    /// <summary>A script that loads the other module, and its Newtonsoft.Json as well-behaved modules do, in a separate load context.</summary>
    public string ImportScript => $$"""
        Import-Module '{{Manifest}}' -ErrorAction Stop
        $newtonsoft = [Runtime.Loader.AssemblyLoadContext]::new('foreign').LoadFromAssemblyPath('{{Path.Combine(_folder.FullName, "Newtonsoft.Json.dll")}}')
        """;

    /// <summary>A script that lists the foreign types that are not found.</summary>
    public static string CheckScript => $$"""
        {{string.Join(", ", Names.Select(name => $"'Foreign.{name}.Marker, {name}'"))}} | Where-Object { -not [Type]::GetType($_) } | ForEach-Object { "missing $_" }
        if (-not $newtonsoft.GetType('Foreign.Newtonsoft.Json.Marker')) { 'missing Newtonsoft.Json' }
        """;

    public void Dispose() => _folder.Delete(recursive: true);
}
