using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.Benchmarks.Load;

/// <summary>Reads 10,000 tasks with Get-IExecTask: their ids through the pipeline, and their deal.</summary>
internal static class TaskLoad
{
    private const int Count = 10_000;
    private const int Fewer = Count / 10;
    private const double Megabyte = 1024 * 1024;

    private const string ByIds = "param($ids) $ids | Get-IExecTask";
    private const string ByDeal = "param($deal) Get-IExecTask -DealId $deal";

    public static async Task<IReadOnlyCollection<Figure>> RunAsync()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        var deal = await chain.CreateDealAsync("load", volume: Count);
        await chain.InitializeAsync(deal.DealId, Enumerable.Range(0, Count));
        string[] ids = [.. deal.Tasks.Select(task => task.TaskId)];
        using var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {chain.RpcUrl}").ThrowOnError();

        var fewer = await MeasureAsync(host, ByIds, ids[..Fewer], ("ids", ids[..Fewer]));
        host.Invoke(ByIds, ("ids", ids)).ThrowOnError();
        var idle = ProcessFigures.Take();
        var (byIds, byDeal) = await MeasureBothAsync();
        var most = Process.GetCurrentProcess().PeakWorkingSet64;
        var before = ProcessFigures.Take();
        await MeasureBothAsync();
        var after = ProcessFigures.Take();

        return
        [
            Time("10,000 tasks by their ids", byIds, fewer),
            Time("10,000 tasks of one deal", byDeal, fewer),
            await CountRequestsAsync(chain, ids, deal.DealId),
            new Figure("10,000 tasks: most memory", $"{(most - idle.WorkingSet) / Megabyte:0} MB above idle", "≤ 128 MB", most - idle.WorkingSet <= 128 * Megabyte),
            new Figure("10,000 tasks, read again and again and let go", $"{after}; before: {before}", "as before", after.IsFlatSince(before)),
        ];

        async Task<(TimeSpan ByIds, TimeSpan ByDeal)> MeasureBothAsync() =>
            (await MeasureAsync(host, ByIds, ids, ("ids", ids)), await MeasureAsync(host, ByDeal, ids, ("deal", deal.DealId)));
    }

    private static async Task<TimeSpan> MeasureAsync(PowerShellHost host, string script, string[] expected, (string Name, object? Value) argument)
    {
        var time = await Timing.MeasureAsync(1, 5, () =>
        {
            if (!host.Invoke(script, argument).As<IExecTask>().Select(task => task.TaskId).SequenceEqual(expected))
                throw new InvalidOperationException("The tasks that were read are not those that were asked for.");
            return Task.CompletedTask;
        });
        return time.Time;
    }

    private static Figure Time(string work, TimeSpan time, TimeSpan fewer) => new(
        work, $"{Timing.Text(time)} ({time / fewer:0.0} × as long as 1,000)", "≤ 15 × as long as 1,000", time <= 15 * fewer);

    /// <summary>Through a proxy, and in another session, so that counting does not take time from the others.</summary>
    private static async Task<Figure> CountRequestsAsync(DevnetChain chain, string[] ids, string dealId)
    {
        await using var node = await RpcProxy.StartAsync(chain.RpcUrl);
        using var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {node.Server.Url}").ThrowOnError();
        var (byIds, byDeal) = (Requests(ByIds, ("ids", ids)), Requests(ByDeal, ("deal", dealId)));
        return new Figure("10,000 tasks: requests", $"{byIds} by ids, {byDeal} by deal", "≤ 30 each", byIds <= 30 && byDeal <= 30);

        int Requests(string script, (string Name, object? Value) argument)
        {
            var before = node.Server.Requests.Count;
            host.Invoke(script, argument).ThrowOnError();
            return node.Server.Requests.Count - before;
        }
    }
}
