using System.IO;
using System.Linq;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.PackageTests.Loading;

public sealed class LayoutTests
{
    /// <summary>Nethereum.Web3 and what it needs, but for Newtonsoft.Json: that comes from PowerShell.</summary>
    [Fact]
    public void On_PowerShell_7_only_our_own_assemblies_lie_beside_the_cmdlets_and_what_the_adapter_needs_apart()
    {
        var folder = StagedFiles.Folder("net8.0");
        var files = StagedFiles.Assemblies("net8.0").Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')).Order().ToList();

        Assert.Equal(["IExec.Task.Core.dll", "IExec.Task.dll"], files.Where(file => !file.Contains('/')));
        Assert.Equal(
            ["ADRaffy.ENSNormalize", "BouncyCastle.Cryptography", "IExec.Task.Ethereum", "Microsoft.Extensions.Logging.Abstractions", "NBitcoin.Secp256k1"],
            files.Where(file => file.Contains('/')).Select(Path.GetFileNameWithoutExtension).Where(name => !name!.StartsWith("Nethereum.", System.StringComparison.Ordinal)));
        Assert.Contains("Dependencies/Nethereum.Web3.dll", files);
    }

    /// <summary>
    /// Windows PowerShell has no binding redirects for a module: a reference finds exactly the version it names, or nothing, unless
    /// <c>NeighbourReferences</c> resolves it. It resolves these two; this test fails on any other.
    /// </summary>
    [Fact]
    public void On_Windows_PowerShell_every_reference_but_two_has_the_version_of_the_file_beside_it()
    {
        var files = StagedFiles.Assemblies("netstandard2.0").Select(StagedFiles.Read).ToArray();
        var shipped = files.ToDictionary(file => file.Name.Split(' ')[0], file => file.Name);

        var mismatches = (
            from file in files
            from reference in file.References
            let name = reference.Split(' ')[0]
            where shipped.ContainsKey(name) && shipped[name] != reference
            select reference.Replace(" ", ", ")).Distinct().Order().ToList();

        Assert.Equal(["Newtonsoft.Json, 11.0.0.0", "System.Memory, 4.0.1.1"], mismatches);
        Assert.Subset(StagedFiles.ReadTexts(Path.Combine(StagedFiles.Folder("netstandard2.0"), "IExec.Task.dll")).ToHashSet(), mismatches.ToHashSet());
    }

    /// <summary>Nethereum's own keys need a BouncyCastle with advisories there; the adapter signs without them.</summary>
    [Fact]
    public void On_Windows_PowerShell_no_assembly_is_shipped_that_needs_the_old_BouncyCastle() =>
        Assert.DoesNotContain(
            StagedFiles.Assemblies("netstandard2.0").SelectMany(path => StagedFiles.Read(path).References.Append(Path.GetFileNameWithoutExtension(path))),
            name => name.StartsWith("BouncyCastle.Crypto", System.StringComparison.Ordinal) && !name.StartsWith("BouncyCastle.Cryptography", System.StringComparison.Ordinal));

    [Fact]
    public void On_Windows_PowerShell_whatever_is_not_shipped_comes_with_the_platform()
    {
        var files = StagedFiles.Assemblies("netstandard2.0").Select(StagedFiles.Read).ToArray();
        var shipped = files.Select(file => file.Name.Split(' ')[0]).ToHashSet();
        Assert.Equal(
            ["System.Management.Automation", "netstandard"],
            files.SelectMany(file => file.References).Select(reference => reference.Split(' ')[0]).Where(name => !shipped.Contains(name)).Distinct().Order());
    }

    [Theory]
    [InlineData("IExec.Task.dll")]
    [InlineData("IExec.Task.Core.dll")]
    public void Both_editions_have_the_same_public_types_and_members(string file)
    {
        var desktop = PublicSurface.Read(Path.Combine(StagedFiles.Folder("netstandard2.0"), file));

        Assert.NotEmpty(desktop);
        Assert.Equal(PublicSurface.Read(Path.Combine(StagedFiles.Folder("net8.0"), file)), desktop);
    }

    [Theory]
    [InlineData("net8.0/IExec.Task.dll")]
    [InlineData("net8.0/IExec.Task.Core.dll")]
    [InlineData("netstandard2.0/IExec.Task.dll")]
    [InlineData("netstandard2.0/IExec.Task.Core.dll")]
    public void Only_the_adapter_knows_Nethereum_and_what_it_needs(string file) =>
        Assert.DoesNotContain(
            StagedFiles.Read(Path.Combine(RepositoryPaths.Root, "lib", file)).References,
            reference => new[] { "Nethereum", "BouncyCastle", "NBitcoin", "Newtonsoft", "ADRaffy" }.Any(name => reference.StartsWith(name, System.StringComparison.Ordinal)));

    [Fact]
    public void Nothing_but_the_modules_files_is_shipped()
    {
        var extensions = Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, "lib"), "*", SearchOption.AllDirectories).Select(Path.GetExtension).Distinct();
        Assert.Empty(extensions.Except([".dll", ".ps1xml", ".psm1", ".xml", ".txt"]));
    }
}
