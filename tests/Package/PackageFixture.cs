using System;
using System.IO;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.PackageTests;

/// <summary>The package, made once by <c>build.ps1 -Task Pack</c> in the hosted engine.</summary>
[CollectionDefinition(Name)]
public sealed class PackageFixture : ICollectionFixture<PackageFixture>
{
    public const string Name = "package";

    public PackageFixture()
    {
        using var host = new PowerShellHost();
        var result = host.Invoke($"& '{Path.Combine(RepositoryPaths.Root, "build.ps1")}' -Task Pack");
        if (result.Failure is not null || result.Errors.Count > 0)
            throw new InvalidOperationException($"build.ps1 failed:\n{string.Join('\n', result.Output)}\n{string.Join('\n', result.AllErrors())}");
        var output = Path.Combine(RepositoryPaths.Root, "out");
        Folder = Path.Combine(output, "IExec.Task", Version.ToString());
        File = Path.Combine(output, $"IExec.Task.{Version}.nupkg");
    }

    /// <summary>The version in the manifest.</summary>
    public static Version Version { get; } = ReadVersion();

    /// <summary>The package's folder.</summary>
    public string Folder { get; }

    /// <summary>The package as a file for a PowerShell repository.</summary>
    public string File { get; }

    private static Version ReadVersion()
    {
        using var host = new PowerShellHost();
        return host.Invoke($"(Test-ModuleManifest '{RepositoryPaths.Manifest}').Version").As<Version>()[0];
    }
}
