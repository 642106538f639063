using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.PackageTests;

/// <summary>Packs the module with build.ps1 and uses the package.</summary>
[Collection(PackageFixture.Name)]
public sealed class PackedModuleTests(PackageFixture package)
{
    [Fact]
    public void Contains_the_files_of_the_manifest_and_nothing_else()
    {
        var files = Directory.EnumerateFiles(package.Folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(package.Folder, file).Replace('\\', '/'))
            .ToList();

        Assert.Contains("IExec.Task.psd1", files);
        Assert.Contains("LICENSE", files);
        Assert.Contains("ThirdPartyNotices.txt", files);
        Assert.Contains("lib/IExec.Task.Format.ps1xml", files);
        Assert.DoesNotContain(files, file => file.EndsWith(".psm1", StringComparison.Ordinal));
        Assert.Contains("lib/net8.0/IExec.Task.dll", files);
        Assert.Contains("lib/net8.0/IExec.Task.Core.dll", files);
        Assert.Contains("lib/net8.0/Dependencies/IExec.Task.Ethereum.dll", files);
        Assert.Contains("lib/net8.0/Dependencies/BouncyCastle.Cryptography.dll", files);
        Assert.Contains("lib/netstandard2.0/IExec.Task.dll", files);
        Assert.Contains("lib/net8.0/Dependencies/Nethereum.Web3.dll", files);
        Assert.Contains("lib/netstandard2.0/BouncyCastle.Cryptography.dll", files);
        Assert.Contains("lib/netstandard2.0/Nethereum.Model.dll", files);
        Assert.DoesNotContain(files, file => file.EndsWith(".pdb", StringComparison.Ordinal) || file.EndsWith(".json", StringComparison.Ordinal));
        Assert.DoesNotContain(files, file => file.Contains("System.Management.Automation", StringComparison.Ordinal));
        Assert.All(files.Where(file => file.EndsWith(".xml", StringComparison.Ordinal)), file => Assert.Equal("en-US/IExec.Task.dll-Help.xml", file));
    }

    /// <summary>No script runs during the import: the manifest names the assembly for the edition.</summary>
    [Theory]
    [InlineData("Core", "lib/net8.0/IExec.Task.dll")]
    [InlineData("Desktop", "lib/netstandard2.0/IExec.Task.dll")]
    public void Each_edition_loads_its_own_assembly(string edition, string assembly)
    {
        using var host = new PowerShellHost();

        var manifest = File.ReadAllText(Path.Combine(package.Folder, "IExec.Task.psd1")).Replace("$PSEdition", $"'{edition}'", StringComparison.Ordinal);

        Assert.Equal(assembly, Assert.Single(host.Invoke($"({manifest}).RootModule").As<string>()));
        Assert.True(File.Exists(Path.Combine(package.Folder, assembly)));
    }

    [Fact]
    public void Has_a_clean_manifest_with_the_version_of_its_assemblies()
    {
        using var host = new PowerShellHost();

        var manifest = Assert.Single(host.Invoke($"Test-ModuleManifest '{package.Folder}/IExec.Task.psd1'").As<PSModuleInfo>());

        Assert.Equal(PackageFixture.Version, manifest.Version);
        var assembly = System.Reflection.AssemblyName.GetAssemblyName(Path.Combine(package.Folder, "lib", "net8.0", "IExec.Task.dll"));
        Assert.Equal(PackageFixture.Version, new Version(assembly.Version!.ToString(3)));
    }

    [Fact]
    public async Task Is_loaded_by_name_from_a_folder_of_PSModulePath()
    {
        var modules = Directory.GetParent(package.Folder)!.Parent!.FullName;

        // In a separate process: this one has loaded the clone's build of the same assemblies.
        var shell = await ChildShell.RunAsync(
            $"$env:PSModulePath = '{modules}'; Get-IExecChain | ForEach-Object Name; Get-Module IExec.Task | ForEach-Object {{ $_.ModuleBase; $_.ModuleType.ToString() }}");

        Assert.Equal(["arbitrum-mainnet", "arbitrum-sepolia-testnet", "bellecour", package.Folder, "Binary"], shell.Output);
        Assert.Equal(0, shell.ExitCode);
    }

    [Fact]
    public async Task Its_help_is_found_before_the_module_is_loaded()
    {
        var modules = Directory.GetParent(package.Folder)!.Parent!.FullName;
        var topics = "'about_IExec_Task', 'about_IExec_Connection', 'about_IExec_Results', 'about_IExec_Secrets'";

        var shell = await ChildShell.RunAsync(
            $"$env:PSModulePath = '{modules}'; {topics} | ForEach-Object {{ (Get-Help $_).Contains($_) }}; (Get-Help Get-IExecTask).Synopsis");

        Assert.Equal(["True", "True", "True", "True", "Reads tasks from the chain."], shell.Output);
    }
}
