using System.IO;

namespace IExec.Tasks.Hosting.StandIns;

/// <summary>Functions in the place of commands of a full PowerShell that the engine lacks, for scripts that are written for users.</summary>
public static class StandInFunctions
{
    private static readonly string File = Path.Combine(RepositoryPaths.Root, "tests", "support", "Hosting", "StandIns", "Functions.ps1");

    /// <summary>Defines them in a session.</summary>
    public static void DefineStandIns(this PowerShellHost host) => host.Invoke(System.IO.File.ReadAllText(File)).ThrowOnError();
}
