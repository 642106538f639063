using System.Diagnostics;
using System.Threading.Tasks;

namespace IExec.Tasks.Hosting;

/// <summary>What a script file did in the real PowerShell, run as a runbook is: no profile, and nobody who could answer.</summary>
/// <param name="Output">All that it wrote to its standard output.</param>
/// <param name="Error">All that it wrote to its standard error.</param>
/// <param name="ExitCode">Its exit code.</param>
public sealed record RealShell(string Output, string Error, int ExitCode)
{
    /// <summary>Runs a script file to its end.</summary>
    /// <param name="file">The file.</param>
    /// <param name="arguments">The script's arguments.</param>
    public static async Task<RealShell> RunFileAsync(string file, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in (string[])[RestoredTools.PowerShell, "-NoProfile", "-NonInteractive", "-File", file, .. arguments])
            start.ArgumentList.Add(argument);
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        start.Environment["NO_COLOR"] = "1";
        start.Environment.Remove("PSModulePath"); // of an engine that is hosted in this process; the shell makes its own
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new RealShell(await output, await error, process.ExitCode);
    }
}
