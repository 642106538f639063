using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Threading.Tasks;

namespace IExec.Tasks.Devnet;

/// <summary>Starts npm, node and anvil, and keeps their output for the error message.</summary>
internal static class ChildProcess
{
    /// <summary>Runs a command in a folder to its end.</summary>
    /// <exception cref="InvalidOperationException">It could not start or failed.</exception>
    public static async Task RunAsync(string folder, string command, params string[] arguments)
    {
        var output = new StringBuilder();
        void Append(object sender, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.AppendLine(line.Data);
            }
        }

        using var process = Start(folder, command, arguments);
        process.OutputDataReceived += Append;
        process.ErrorDataReceived += Append;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"'{command} {string.Join(' ', arguments)}' failed with exit code {process.ExitCode}:\n{output}");
        }
    }

    /// <summary>Starts a command in a folder with all three streams redirected.</summary>
    public static Process Start(string folder, string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException($"These tests need Node.js 20.15 or newer and npm; '{command}' did not start.", exception);
        }
    }
}
