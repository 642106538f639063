using System;
using System.Diagnostics;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.Benchmarks;

/// <summary>Runs a script of the peer folder under Node; its npm packages are installed on first use.</summary>
internal static class NodePeer
{
    private static readonly string Folder = Path.Combine(RepositoryPaths.Root, "tests", "Benchmarks", "peer");

    /// <summary>Gives the script its input as JSON and reads what it prints as JSON.</summary>
    public static async Task<T> RunAsync<T>(string script, object input)
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
            await RunAsync("npm", "ci --no-audit --no-fund", "");
        return JsonSerializer.Deserialize<T>(await RunAsync("node", script, JsonSerializer.Serialize(input)))!;
    }

    private static async Task<string> RunAsync(string program, string arguments, string input)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {arguments} ended with {process.ExitCode}.");
    }
}
