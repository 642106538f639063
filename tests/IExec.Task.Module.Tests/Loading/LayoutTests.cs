using System.IO;
using System.Linq;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.StagedTests.Loading;

public sealed class LayoutTests
{
    [Fact]
    public void On_PowerShell_7_only_our_own_assemblies_lie_beside_the_cmdlets_and_BouncyCastle_apart()
    {
        var folder = StagedFiles.Folder("net8.0");
        Assert.Equal(
            ["Dependencies/BouncyCastle.Cryptography.dll", "Dependencies/IExec.Task.Crypto.dll", "IExec.Task.Core.dll", "IExec.Task.dll"],
            StagedFiles.Assemblies("net8.0").Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')).Order());
    }

    /// <summary>Windows PowerShell has no binding redirects for a module: a reference finds exactly the version it names, or nothing.</summary>
    [Fact]
    public void On_Windows_PowerShell_every_reference_has_the_version_of_the_file_beside_it()
    {
        var files = StagedFiles.Assemblies("netstandard2.0").Select(StagedFiles.Read).ToArray();
        var shipped = files.ToDictionary(file => file.Name.Split(' ')[0], file => file.Name);

        var mismatches =
            from file in files
            from reference in file.References
            let name = reference.Split(' ')[0]
            where shipped.ContainsKey(name) && shipped[name] != reference
            select $"{file.Name} wants {reference}, {shipped[name]} is there";

        Assert.Empty(mismatches);
    }

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
    public void Only_the_crypto_assembly_knows_BouncyCastle(string file) =>
        Assert.DoesNotContain(
            StagedFiles.Read(Path.Combine(RepositoryPaths.Root, "lib", file)).References,
            reference => reference.StartsWith("BouncyCastle", System.StringComparison.Ordinal));

    [Fact]
    public void Nothing_but_the_modules_files_is_shipped()
    {
        var extensions = Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, "lib"), "*", SearchOption.AllDirectories).Select(Path.GetExtension).Distinct();
        Assert.Empty(extensions.Except([".dll", ".ps1xml", ".psm1", ".xml", ".txt"]));
    }
}
