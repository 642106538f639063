using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace IExec.Tasks.Hosting;

/// <summary>The result of a script in an engine in a separate process, which has loaded nothing but what the script loads.</summary>
/// <param name="Output">The lines that are not empty.</param>
/// <param name="ExitCode">0 unless an error ended the script.</param>
public sealed record ChildShell(string[] Output, int ExitCode)
{
    /// <summary>Runs a script to its end.</summary>
    /// <param name="script">The script.</param>
    /// <param name="meanwhile">What happens to the process while it runs.</param>
    public static async Task<ChildShell> RunAsync(string script, Action<Process>? meanwhile = null)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(ChildShell).Assembly.Location);
        start.ArgumentList.Add(script);
        using var process = Process.Start(start)!;
        var reading = process.StandardOutput.ReadToEndAsync();
        meanwhile?.Invoke(process);
        var output = await reading;
        await process.WaitForExitAsync();
        return new ChildShell(output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), process.ExitCode);
    }
}
