using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.PackageTests;

/// <summary>The package, created once by the command in README.md, in the real shell.</summary>
[CollectionDefinition(Name)]
public sealed class PackageFixture : ICollectionFixture<PackageFixture>, IAsyncLifetime
{
    public const string Name = "package";

    private static readonly string Output = Path.Combine(RepositoryPaths.Root, "out");

    /// <summary>The commands of README.md to install the module, after dotnet build, which has run.</summary>
    public static string[] InstallLines { get; } =
        [.. Documentation.ReadmeBlocks().Single(block => block.Name == Documentation.Install).Script.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)];

    /// <summary>The version in the manifest.</summary>
    public static Version Version { get; } = ReadVersion();

    /// <summary>The package's folder.</summary>
    public string Folder { get; } = Path.Combine(Output, "IExec.Task", Version.ToString());

    /// <summary>The package as a file for a PowerShell repository.</summary>
    public string File { get; } = Path.Combine(Output, $"IExec.Task.{Version}.nupkg");

    public async Task InitializeAsync()
    {
        var shell = await RealShell.RunCommandAsync($"Set-Location '{RepositoryPaths.Root}'; {InstallLines[1]}");
        if (shell.ExitCode != 0 || shell.Error.Length > 0)
            throw new InvalidOperationException($"{InstallLines[1]}\n{shell.Output}\n{shell.Error}");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static Version ReadVersion()
    {
        using var host = new PowerShellHost();
        return host.Invoke($"(Test-ModuleManifest '{RepositoryPaths.Manifest}').Version").As<Version>()[0];
    }
}
