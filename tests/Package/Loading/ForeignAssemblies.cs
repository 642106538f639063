using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;

namespace IExec.Tasks.PackageTests.Loading;

/// <summary>
/// What another module may have brought: assemblies with the names of those that ours stands on, each with one type of its own and nothing of what we
/// need. Whoever gets one of these for ours fails.
/// </summary>
internal sealed class ForeignAssemblies : IDisposable
{
    /// <summary>Our own version, an older and a newer one; Newtonsoft.Json in the version that Nethereum names.</summary>
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

    /// <summary>Newtonsoft.Json aside: PowerShell has its own, and refuses a second one in the context of all modules.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Versions.Keys.Where(name => name != "Newtonsoft.Json")];

    /// <summary>A module that needs them, as a manifest says so: loaded where all modules are.</summary>
    public string Manifest => Path.Combine(_folder.FullName, "Foreign.psd1");

    /// <summary>A script that loads the other module, and its Newtonsoft.Json as careful modules do, in a context of its own.</summary>
    public string ImportScript => $$"""
        Import-Module '{{Manifest}}' -ErrorAction Stop
        $newtonsoft = [Runtime.Loader.AssemblyLoadContext]::new('foreign').LoadFromAssemblyPath('{{Path.Combine(_folder.FullName, "Newtonsoft.Json.dll")}}')
        """;

    /// <summary>A script that says which of the foreign types are not found.</summary>
    public static string CheckScript => $$"""
        {{string.Join(", ", Names.Select(name => $"'Foreign.{name}.Marker, {name}'"))}} | Where-Object { -not [Type]::GetType($_) } | ForEach-Object { "missing $_" }
        if (-not $newtonsoft.GetType('Foreign.Newtonsoft.Json.Marker')) { 'missing Newtonsoft.Json' }
        """;

    public void Dispose() => _folder.Delete(recursive: true);
}
