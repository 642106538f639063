using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.Benchmarks;

/// <summary>
/// From the start of a shell to its end, with the package as a user installs it: nothing done, the module imported, connected, a task read, a task shown. The
/// limit is the same shell that loads the module's assembly alone, posts ready-made bytes, and shows an object of its own as a list: most of the time to show
/// the first object is PowerShell's. They run in turn, many times.
/// </summary>
internal sealed class ColdStartBenchmark : IBenchmark
{
    private const int Rounds = 15;

    public string Name => "cold";

    public async Task<IReadOnlyList<BenchmarkRow>> RunAsync(bool asksPeers)
    {
        var packing = await RealShell.RunFileAsync($"{RepositoryPaths.Root}/build.ps1", "-Task", "Pack");
        if (packing.ExitCode != 0)
            throw new InvalidOperationException($"The module could not be packed: {packing.Output}{packing.Error}");

        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        var package = $"{RepositoryPaths.Root}/out/IExec.Task/{typeof(IExecTask).Assembly.GetName().Version!.ToString(3)}";
        var import = $"Import-Module {package}/IExec.Task.psd1";
        var connect = $"{import}; Connect-IExec arbitrum-sepolia-testnet -RpcUrl {chain.RpcUrl}";
        var show = $"{connect}; Get-IExecTask {chain.State.Tasks["active"].TaskId}";
        var read = $"{show} | Out-Null";
        var load = $"Import-Module {package}/lib/net8.0/IExec.Task.dll";
        var post = $"{load}; $client = [Net.Http.HttpClient]::new(); {Post(chain.RpcUrl)}";
        var postTwice = $"{post}; {Post(chain.RpcUrl)}";
        var times = await MeasureAsync(["1", import, connect, read, show, load, post, postTwice, $"{postTwice}; [pscustomobject]@{{ Status = 'ACTIVE' }} | Format-List"]);
        return
        [
            Row("start a shell, import the module", times[0], times[5], times[1], 90),
            Row("start a shell, import, connect", times[0], times[6], times[2], null),
            Row("start a shell, import, connect, read a task", times[0], times[7], times[3], 200),
            Row("start a shell, import, connect, read a task and show it", times[0], times[8], times[4], null),
        ];
    }

    private static string Post(Uri url) =>
        $$"""$null = $client.PostAsync('{{url}}', [Net.Http.StringContent]::new('{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}', [Text.Encoding]::UTF8, 'application/json')).Result""";

    private static async Task<List<double>[]> MeasureAsync(string[] commands)
    {
        var times = Array.ConvertAll(commands, _ => new List<double>());
        for (var round = -1; round < Rounds; round++)
        {
            for (var i = 0; i < commands.Length; i++)
            {
                var clock = Stopwatch.StartNew();
                var shell = await RealShell.RunCommandAsync(commands[i]);
                if (shell.ExitCode != 0 || shell.Error.Length > 0)
                    throw new InvalidOperationException($"'{commands[i]}' failed: {shell.Error}");
                if (round >= 0) // the first fills the caches of the disk
                    times[i].Add(clock.Elapsed.TotalMilliseconds);
            }
        }

        return times;
    }

    /// <param name="work">What is done.</param>
    /// <param name="empty">The shell that does nothing.</param>
    /// <param name="limit">The shell of the lower bound.</param>
    /// <param name="ours">The shell that does it.</param>
    /// <param name="most">The most milliseconds more than nothing, on a machine where an empty shell takes 430 ms; null where nothing is asked for.</param>
    private static BenchmarkRow Row(string work, List<double> empty, List<double> limit, List<double> ours, int? most)
    {
        const double UsualShell = 430;
        var shell = Sample.Of(empty);
        var more = Sample.Of(ours.Zip(empty, (time, without) => time - without));
        var least = Sample.Of(limit.Zip(empty, (time, without) => time - without));
        return new BenchmarkRow(
            work,
            $"an empty shell: {Timing.Text(shell.Time)}",
            $"+{least.Median:0} ms",
            $"+{more.Median:0} ms ({Sample.Of(ours).Median / shell.Median:0.00} × the empty shell)",
            Gauge.Of(Sample.Of(ours), Sample.Of(limit)),
            most is null ? "–" : $"≤ +{most} ms where an empty shell takes {UsualShell} ms",
            most is null || more.Median / shell.Median <= most / UsualShell);
    }
}
