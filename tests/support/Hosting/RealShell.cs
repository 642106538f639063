using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace IExec.Tasks.Hosting;

/// <summary>The result of a script file in the real PowerShell, run as a runbook: no profile, not interactive.</summary>
/// <param name="Output">All that it wrote to its standard output.</param>
/// <param name="Error">All that it wrote to its standard error.</param>
/// <param name="ExitCode">Its exit code.</param>
public sealed record RealShell(string Output, string Error, int ExitCode)
{
    /// <summary>Runs a script file to its end.</summary>
    /// <param name="file">The file.</param>
    /// <param name="arguments">The script's arguments.</param>
    public static Task<RealShell> RunFileAsync(string file, params string[] arguments) => RunAsync(["-File", file, .. arguments]);

    /// <summary>Runs a script to its end.</summary>
    /// <param name="script">The script.</param>
    public static Task<RealShell> RunCommandAsync(string script) => RunAsync(["-Command", script]);

    /// <summary>Runs a script to its end with a new home folder, which is deleted afterwards.</summary>
    /// <param name="script">The script.</param>
    /// <param name="environment">Variables that the shell gets besides those of this process.</param>
    public static async Task<RealShell> RunInCleanHomeAsync(string script, params (string Name, string Value)[] environment)
    {
        var home = Directory.CreateTempSubdirectory("iexec-home-");
        try
        {
            return await RunAsync(["-Command", script], [("HOME", home.FullName), ("USERPROFILE", home.FullName), .. environment]);
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    private static async Task<RealShell> RunAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in (string[])[RestoredTools.PowerShell, "-NoProfile", "-NonInteractive", .. arguments])
            start.ArgumentList.Add(argument);
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        start.Environment["NO_COLOR"] = "1";
        start.Environment.Remove("PSModulePath"); // set by the engine that is hosted in this process; the shell sets its own
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new RealShell(await output, await error, process.ExitCode);
    }
}
