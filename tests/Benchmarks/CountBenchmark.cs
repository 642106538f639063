using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Benchmarks.Watching;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.Benchmarks;

/// <summary>
/// Counts that do not depend on the machine: requests, transactions, bytes allocated, methods compiled. Needs no peer and less than a minute, so that it
/// checks every change.
/// </summary>
internal sealed class CountBenchmark : IBenchmark
{
    /// <summary>The runtime's background work differs from run to run.</summary>
    private const double Noise = 0.05;

    private const int Thousand = 1000;
    private const int Blocks = 10;

    public string Name => "counts";

    public async Task<IReadOnlyList<BenchmarkRow>> RunAsync(bool asksPeers)
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        var one = chain.State.Tasks["active"].TaskId;
        return [.. await CountRequestsAsync(chain, one), await CountTransactionsAsync(), CountBytes(chain), await CountMethodsAsync(chain, one)];
    }

    private static async Task<IReadOnlyList<BenchmarkRow>> CountRequestsAsync(DevnetChain chain, string taskId)
    {
        using var proxy = new FaultyProxy { Target = chain.RpcUrl };
        using var host = PowerShellHost.WithModule();
        var deal = chain.State.Deals["bag"].DealId;
        return
        [
            Count("requests to connect to a chain that is named", 1, Invoke($"Connect-IExec arbitrum-sepolia-testnet -RpcUrl {proxy.Url}")),
            Count("requests to connect to whatever chain the node serves", 2, Invoke($"Connect-IExec -RpcUrl {proxy.Url}")),
            Count("requests to read 1 task", 1, Invoke($"Get-IExecTask {taskId}")),
            Count("requests to read a deal of 1,000 tasks", 4, Invoke($"Get-IExecTask -DealId {deal}")),
            Count("requests to read a deal of 1,000 tasks again", 3, Invoke($"Get-IExecTask -DealId {deal}")),
            Count("requests of a poll of 1,000 tasks", 2, await CountPollAsync(chain, proxy, host, deal)),
        ];

        int Invoke(string script)
        {
            proxy.Reset();
            host.Invoke(script).ThrowOnError();
            return proxy.RequestCount;
        }
    }

    /// <summary>The maximum for a poll with a new block and no events.</summary>
    private static async Task<int> CountPollAsync(DevnetChain chain, FaultyProxy proxy, PowerShellHost host, string deal)
    {
        var counter = new RequestCounter();
        proxy.Intercept = (request, _, reply) =>
        {
            counter.Count(request);
            return reply;
        };
        using var watch = host.Start($"Watch-IExecTask -DealId {deal} -PollingIntervalSec 0.2");
        for (var clock = Stopwatch.StartNew(); counter.Polls.Count < 2; await Task.Delay(20))
        {
            if (clock.Elapsed > TimeSpan.FromMinutes(1))
                throw new InvalidOperationException("The watch did not begin.");
        }

        counter.Restart();
        for (var block = 0; block < Blocks; block++)
        {
            await chain.MineAsync();
            await Task.Delay(400);
        }

        return counter.Polls.Max();
    }

    private static async Task<BenchmarkRow> CountTransactionsAsync() =>
        Count("transactions to claim 100 tasks", ClaimBenchmark.LeastTransactions, await ClaimBenchmark.CountOursAsync());

    private static BenchmarkRow CountBytes(DevnetChain chain)
    {
        using var host = PowerShellHost.WithModule();
        host.Set("ids", chain.State.Deals["bag"].Tasks.Where(task => task.State != "unset").Select(task => task.TaskId).ToArray());
        host.Invoke($"Connect-IExec -RpcUrl {chain.RpcUrl}").ThrowOnError();
        host.Invoke("Get-IExecTask $ids").ThrowOnError();
        var kibibytes = Enumerable.Range(0, 5).Min(_ => Read()); // now and then a pool has no buffer left
        return Row("KiB allocated to read a task, of many", $"{kibibytes:0.0}", kibibytes);

        double Read()
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var tasks = host.Invoke("Get-IExecTask $ids").As<IExecTask>();
            return (GC.GetTotalAllocatedBytes(precise: true) - before) / 1024.0 / tasks.Count;
        }
    }

    /// <summary>
    /// A shell that has just started compiles what it runs; that is most of what a first command takes. Here each method is compiled once, when it is first
    /// called: without tiers, and in a new home, where no profile tells the runtime what to compile in the background.
    /// </summary>
    private static async Task<BenchmarkRow> CountMethodsAsync(DevnetChain chain, string taskId)
    {
        var shell = await RealShell.RunInCleanHomeAsync(
            $"""
            Import-Module '{RepositoryPaths.Manifest}'
            $before = [Runtime.JitInfo]::GetCompiledMethodCount($false)
            Connect-IExec arbitrum-sepolia-testnet -RpcUrl {chain.RpcUrl}
            $null = Get-IExecTask {taskId}
            [Runtime.JitInfo]::GetCompiledMethodCount($false) - $before
            """,
            ("DOTNET_TieredCompilation", "0"));
        var methods = int.Parse(shell.Output, CultureInfo.InvariantCulture);
        return Row("methods compiled to connect and read a task, the first time", $"{methods:N0}", methods);
    }

    private static BenchmarkRow Count(string work, int limit, long ours) => new(work, "–", $"{limit}", $"{ours}", Gauge.Of(ours, limit), "–", true);

    private static BenchmarkRow Row(string work, string text, double ours) => new(work, "–", "–", text, new Gauge(ours, ours * Noise), "–", true);
}
