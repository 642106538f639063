using System;
using System.IO;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.StagedTests;

/// <summary>The package, made once by <c>build.ps1 -Task Pack</c> in the hosted engine.</summary>
public sealed class PackageFixture
{
    public PackageFixture()
    {
        using var host = new PowerShellHost();
        var result = host.Invoke($"& '{Path.Combine(RepositoryPaths.Root, "build.ps1")}' -Task Pack");
        if (result.Failure is not null || result.Errors.Count > 0)
            throw new InvalidOperationException($"build.ps1 failed:\n{string.Join('\n', result.Output)}\n{string.Join('\n', result.AllErrors())}");
        Folder = Path.Combine(RepositoryPaths.Root, "out", "IExec.Task", Version.ToString());
    }

    /// <summary>The version in the manifest.</summary>
    public static Version Version { get; } = ReadVersion();

    /// <summary>The package's folder.</summary>
    public string Folder { get; }

    private static Version ReadVersion()
    {
        using var host = new PowerShellHost();
        return host.Invoke($"(Test-ModuleManifest '{RepositoryPaths.Manifest}').Version").As<Version>()[0];
    }
}
