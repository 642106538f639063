using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text.Json;
using System.Threading;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.Benchmarks;

/// <summary>A separate process in which the engine, with the module, saves a result several times and measures its own memory.</summary>
internal static class SaveClient
{
    public const string Mode = "save-result";

    /// <summary>Saves without the requirement to verify; the result of the digest check is only reported.</summary>
    public const string Unverified = "-SkipVerification";

    /// <summary>
    /// Saves once for every line of its input, which holds the parameters of that time, and prints the seconds; at the end the memory before the first,
    /// and the maximum.
    /// </summary>
    public static int Run(string rpcUrl, string gatewayUrl, string warmUp, string taskId)
    {
        var folder = Directory.CreateTempSubdirectory("iexec-benchmark-").FullName;
        using var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {rpcUrl} -IpfsGatewayUrl {gatewayUrl}").ThrowOnError();
        host.Invoke($"Save-IExecTaskResult {warmUp} {folder}/warm.zip; Save-IExecTaskResult {warmUp} {folder}/unverified.zip {Unverified}").ThrowOnError();
        GC.Collect();
        var idle = Environment.WorkingSet;

        using var memory = new MemoryWatch();
        while (Console.ReadLine() is { } parameters)
        {
            var clock = Stopwatch.StartNew();
            var result = host.Invoke($"Save-IExecTaskResult {taskId} {folder}/result.zip {parameters}").As<IExecTaskResult>()[0];
            if (parameters != Unverified && result is not { CidVerified: true, DigestVerified: true })
                throw new InvalidOperationException("The result was not verified.");
            var seconds = clock.Elapsed.TotalSeconds;
            File.Delete(result.Path);
            Console.WriteLine(seconds.ToString("R", CultureInfo.InvariantCulture));
        }

        Console.WriteLine(JsonSerializer.Serialize(new TransferFigures([], idle, memory.Peak)));
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private sealed class MemoryWatch : IDisposable
    {
        private readonly Timer _timer;
        private long _peak;

        public MemoryWatch() => _timer = new Timer(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(5));

        public long Peak => Interlocked.Read(ref _peak);

        public void Dispose() => _timer.Dispose();

        private void Look()
        {
            var now = Environment.WorkingSet;
            for (var seen = Peak; now > seen; seen = Peak)
                Interlocked.CompareExchange(ref _peak, now, seen);
        }
    }
}
