using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace IExec.Tasks.Benchmarks.Watching;

/// <summary>A <see cref="WatchClient"/> and its updates.</summary>
internal sealed class WatchProcess : IDisposable
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(3);
    private readonly ConcurrentQueue<EmittedUpdate> _updates = [];
    private readonly Channel<ProcessFigures> _figures = Channel.CreateUnbounded<ProcessFigures>();
    private readonly Process _process;
    private readonly Task _reading;

    /// <param name="rpcUrls">One or more nodes, as a command line has them.</param>
    /// <param name="parameters">The rest of the command line after <c>Watch-IExecTask</c>.</param>
    public WatchProcess(string rpcUrls, string parameters)
    {
        _process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [WatchClient.Mode, rpcUrls, parameters])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        _reading = ReadAsync();
    }

    /// <summary>Every update so far.</summary>
    public IReadOnlyCollection<EmittedUpdate> Updates => _updates;

    /// <summary>Waits for a number of updates.</summary>
    public async Task WaitForAsync(int count)
    {
        for (var clock = Stopwatch.StartNew(); _updates.Count < count; await Task.Delay(20))
        {
            if (_reading.IsCompleted || clock.Elapsed > DefaultTimeout)
                throw new InvalidOperationException($"Only {_updates.Count} of {count} updates came.");
        }
    }

    /// <summary>The process's memory, handles and threads now.</summary>
    public async Task<ProcessFigures> TakeFiguresAsync()
    {
        await _process.StandardInput.WriteLineAsync("figures");
        await _process.StandardInput.FlushAsync();
        return await _figures.Reader.ReadAsync();
    }

    /// <summary>Waits for the watch's own end.</summary>
    public async Task FinishAsync()
    {
        _process.StandardInput.Close();
        await _reading.WaitAsync(DefaultTimeout);
        await _process.WaitForExitAsync();
        if (_process.ExitCode != 0)
            throw new InvalidOperationException($"The watch ended with {_process.ExitCode}.");
    }

    /// <summary>Ends the process, and with it the watch.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } text)
        {
            var line = JsonSerializer.Deserialize<WatchLine>(text)!;
            if (line.Update is { } update)
                _updates.Enqueue(update);
            if (line.Figures is { } figures)
                _figures.Writer.TryWrite(figures);
        }

        _figures.Writer.Complete();
    }
}
