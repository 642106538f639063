using System;
using System.Diagnostics;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.Benchmarks;

/// <summary>Runs a script of a peer's folder under Node; the folder's npm packages are installed on first use.</summary>
internal static class NodePeer
{
    private static readonly string Root = Path.Combine(RepositoryPaths.Root, "tests", "Benchmarks");

    /// <summary>Gives the script its input as JSON and reads what it prints as JSON.</summary>
    public static async Task<T> RunAsync<T>(string script, object input, string folder = "peer")
    {
        var path = Path.Combine(Root, folder);
        if (!Directory.Exists(Path.Combine(path, "node_modules")))
            await RunAsync(path, "npm", "install", "");
        return JsonSerializer.Deserialize<T>(await RunAsync(path, "node", script, JsonSerializer.Serialize(input)))!;
    }

    private static async Task<string> RunAsync(string folder, string program, string arguments, string input)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
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
