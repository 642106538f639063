using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;

namespace IExec.Tasks.Devnet;

/// <summary>An anvil process, which ends with this process in any case (see guard.mjs).</summary>
internal sealed class AnvilProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(1);
    private readonly Process _guard;
    private readonly int _processId;
    private bool _disposed;

    private AnvilProcess(Process guard, int processId, int port)
    {
        _guard = guard;
        _processId = processId;
        Port = port;
    }

    /// <summary>Where it listens on the loopback address.</summary>
    public int Port { get; }

    /// <summary>Starts anvil on a state.</summary>
    /// <param name="stateFile">A dump, see <c>--load-state</c>.</param>
    /// <param name="chainId">The chain's id.</param>
    /// <param name="options">How blocks are made.</param>
    /// <param name="port">0: the system chooses a free one, so that two chains never clash.</param>
    public static async Task<AnvilProcess> StartAsync(string stateFile, int chainId, DevnetOptions options, int port = 0)
    {
        var guard = ChildProcess.Start(DevnetFiles.Root, "node", ["guard.mjs", DevnetFiles.Anvil, .. Arguments(stateFile, chainId, options, port)]);
        var errors = new StringBuilder();
        guard.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        guard.BeginErrorReadLine();
        try
        {
            var processId = int.Parse(await AfterAsync(guard, "Process "), CultureInfo.InvariantCulture);
            var endpoint = await AfterAsync(guard, "Listening on ");
            var anvil = new AnvilProcess(guard, processId, int.Parse(endpoint.AsSpan(endpoint.LastIndexOf(':') + 1), CultureInfo.InvariantCulture));
            _ = guard.StandardOutput.BaseStream.CopyToAsync(Stream.Null); // so that anvil never waits for a reader
            return anvil;
        }
        catch (Exception exception)
        {
            await StopAsync(guard);
            throw new InvalidOperationException($"anvil did not start: {errors}", exception);
        }
    }

    /// <summary>Suspends the process: connections stay open, but get no response.</summary>
    public async Task PauseAsync()
    {
        await SignalAsync("-STOP");

        // The signal takes a moment to reach all threads; until then some still respond.
        while (OperatingSystem.IsLinux() && !Directory.GetDirectories($"/proc/{_processId}/task").All(IsStopped))
            await Task.Delay(1);
    }

    /// <summary>Ends <see cref="PauseAsync"/>.</summary>
    public Task ResumeAsync() => SignalAsync("-CONT");

    public async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            await StopAsync(_guard);
        }
    }

    private static List<string> Arguments(string stateFile, int chainId, DevnetOptions options, int port)
    {
        List<string> arguments =
        [
            "--host", "127.0.0.1", "--port", Text(port), "--chain-id", Text(chainId), "--load-state", stateFile,
            "--accounts", "11", "--gas-limit", Text(options.BlockGasLimit), "--block-base-fee-per-gas", Text(options.BaseFeePerGas),
            "--no-request-size-limit",
            "--max-persisted-states", "0", // the states of old blocks would be left in the user's home folder: 1.5 GB for each test run
        ];
        if (options.BaseFeePerGas == 0)
        {
            arguments.AddRange(["--gas-price", "0", "--disable-min-priority-fee"]);
        }

        if (options.BlockTime is { } blockTime)
        {
            arguments.AddRange(["--block-time", blockTime.TotalSeconds.ToString(CultureInfo.InvariantCulture)]);
        }
        else if (!options.AutoMine)
        {
            arguments.Add("--no-mining");
        }

        return arguments;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static async Task<string> AfterAsync(Process process, string start)
    {
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(StartTimeout) is { } line)
        {
            if (line.StartsWith(start, StringComparison.Ordinal))
            {
                return line[start.Length..];
            }
        }

        throw new InvalidOperationException("It ended.");
    }

    private static async Task StopAsync(Process guard)
    {
        guard.StandardInput.Close();
        await guard.WaitForExitAsync();
        guard.Dispose();
    }

    private static bool IsStopped(string thread)
    {
        var status = File.ReadAllText(Path.Combine(thread, "stat"));
        return status[(status.LastIndexOf(')') + 2)..].StartsWith('T');
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, Text(_processId)]);
        await kill.WaitForExitAsync();
    }
}
