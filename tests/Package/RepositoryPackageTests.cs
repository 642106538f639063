using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using System.Xml.Linq;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.PackageTests;

/// <summary>The file that is pushed to a PowerShell repository, and its installation from one.</summary>
[Collection(PackageFixture.Name)]
public sealed class RepositoryPackageTests(PackageFixture package)
{
    /// <summary>What NuGet adds for itself, and Install-PSResource removes.</summary>
    private static readonly string[] Wrapping = ["IExec.Task.nuspec", "[Content_Types].xml", "_rels/", "package/"];

    [Fact]
    public void Holds_the_module_folder() => Assert.Equal(
        Directory.EnumerateFiles(package.Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(package.Folder, file).Replace('\\', '/')).Order(),
        Entries().Where(entry => !Wrapping.Any(entry.StartsWith)).Order());

    [Fact]
    public void The_nuspec_matches_the_manifest()
    {
        using var host = new PowerShellHost();
        var manifest = Assert.Single(host.Invoke($"Test-ModuleManifest '{package.Folder}/IExec.Task.psd1'").As<PSModuleInfo>());
        var nuspec = Nuspec();

        Assert.Equal("IExec.Task", nuspec["id"]);
        Assert.Equal(manifest.Version.ToString(), nuspec["version"]);
        Assert.Equal(manifest.Author, nuspec["authors"]);
        Assert.Equal(manifest.Description, nuspec["description"]);
        Assert.Equal(manifest.Copyright, nuspec["copyright"]);
        Assert.Equal(manifest.LicenseUri.ToString(), nuspec["licenseUrl"]);
        Assert.Equal(manifest.ProjectUri.ToString(), nuspec["projectUrl"]);
        Assert.Equal(manifest.ReleaseNotes, nuspec["releaseNotes"]);
        Assert.NotEmpty(manifest.ReleaseNotes);
        var commands = manifest.ExportedCmdlets.Keys.SelectMany(name => new[] { $"PSCmdlet_{name}", $"PSCommand_{name}" });
        Assert.Equal(["PSModule", .. manifest.Tags, "PSIncludes_Cmdlet", .. commands], nuspec["tags"].Split(' '));
        Assert.Subset(manifest.Tags.ToHashSet(), manifest.CompatiblePSEditions.Select(edition => $"PSEdition_{edition}").ToHashSet());
    }

    /// <summary>As from the gallery, by the commands of README.md, with PowerShell's own modules, in a new home folder.</summary>
    [Fact]
    public async Task Is_installed_from_a_repository_loaded_by_name_and_removed()
    {
        var shell = await RealShell.RunInCleanHomeAsync(
            $$"""
            $ErrorActionPreference = 'Stop'
            Set-Location '{{RepositoryPaths.Root}}'
            {{string.Join('\n', PackageFixture.InstallLines[2..])}}
            $installed = Get-InstalledPSResource -Name IExec.Task
            "$($installed.Name) $($installed.Version)"
            (Get-IExecChain bellecour).Name
            $base = (Get-Module IExec.Task).ModuleBase
            $base.StartsWith($HOME)
            (Get-ChildItem $base -Recurse -File | Where-Object Name -NE PSGetModuleInfo.xml).Count # which Install-PSResource writes
            Remove-Module IExec.Task
            Uninstall-PSResource -Name IExec.Task
            Test-Path $base
            """);

        Assert.Equal("", shell.Error);
        Assert.Equal(0, shell.ExitCode);
        Assert.Equal(
            [$"IExec.Task {PackageFixture.Version}", "bellecour", "True", $"{Directory.GetFiles(package.Folder, "*", SearchOption.AllDirectories).Length}", "False"],
            shell.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    /// <summary>PSResourceGet can also read a manifest that depends on the edition.</summary>
    [Fact]
    public async Task Is_published_from_its_folder_as_well()
    {
        var repository = Directory.CreateTempSubdirectory("iexec-repository-");
        try
        {
            var shell = await RealShell.RunInCleanHomeAsync(
                $$"""
                $ErrorActionPreference = 'Stop'
                Register-PSResourceRepository -Name Local -Uri '{{repository.FullName}}' -Trusted
                Publish-PSResource -Path '{{package.Folder}}' -Repository Local
                (Find-PSResource -Name IExec.Task -Repository Local).Version.ToString()
                """);

            Assert.Equal("", shell.Error);
            Assert.Equal(PackageFixture.Version.ToString(), shell.Output.Trim());
        }
        finally
        {
            repository.Delete(recursive: true);
        }
    }

    private List<string> Entries()
    {
        using var archive = ZipFile.OpenRead(package.File);
        return [.. archive.Entries.Select(entry => entry.FullName)];
    }

    private Dictionary<string, string> Nuspec()
    {
        using var archive = ZipFile.OpenRead(package.File);
        using var nuspec = archive.GetEntry("IExec.Task.nuspec")!.Open();
        return XDocument.Load(nuspec).Root!.Elements().Single().Elements().ToDictionary(element => element.Name.LocalName, element => element.Value);
    }
}
