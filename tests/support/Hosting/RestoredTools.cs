using System.IO;
using System.Linq;
using System.Reflection;

namespace IExec.Tasks.Hosting;

/// <summary>PowerShell and Pester as the build restores them, from the packages that the projects name. Nothing is installed for the machine.</summary>
public static class RestoredTools
{
    private static readonly string Packages =
        typeof(RestoredTools).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "NuGetPackageRoot").Value!;

    /// <summary>The real shell, to be started with <c>dotnet</c>: the tool's own <c>pwsh</c> starts a child process that gets no signals.</summary>
    public static string PowerShell { get; } = Directory
        .EnumerateFiles(Path.Combine(Packages, "powershell", "7.6.9", "tools"), "pwsh.dll", SearchOption.AllDirectories)
        .Single(path => Path.GetFileName(Path.GetDirectoryName(path)) == (System.OperatingSystem.IsWindows() ? "win" : "unix"));

    /// <summary>The shell's own cmdlets of Microsoft.PowerShell.Utility, which the bare engine of the same version lacks: Format-Table, Select-Object, ConvertTo-Json …</summary>
    public static string Utility { get; } = Path.Combine(Path.GetDirectoryName(PowerShell)!, "Microsoft.PowerShell.Commands.Utility.dll");

    /// <summary>The manifest of a version of Pester.</summary>
    public static string Pester(string version) => Path.Combine(Packages, "pester", version, "tools", "Pester.psd1");
}
