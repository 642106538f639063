using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Fakes.Indexes;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.Benchmarks;

/// <summary>
/// Finds and claims the refunds of 1,000 deals of 1 to 50 tasks that never completed, and counts the requests to the node: with an index, and with the chain
/// alone and nodes that limit the blocks or the events of a request. The peer is the iexec SDK with the market API.
/// </summary>
internal sealed class FindBenchmark : IBenchmark
{
    private const int Deals = 1000;
    private const int LargestDeal = 50;
    private const long Price = 1_000_000_007;

    /// <summary>As many as there are sizes, one of each: the SDK would need many minutes for all.</summary>
    private const int DealsOfPeer = LargestDeal;

    /// <summary>How many requests may come to those for the tasks: for the latest block, the terms of the deals, their category and the hub's ratios.</summary>
    private const int OtherRequests = 5;

    /// <summary>How many calls a request holds at most.</summary>
    private const int CallsAtOnce = 500;

    /// <summary>How many blocks a request for events may span; there is a block for each deal.</summary>
    private const int BlocksAtOnce = 40;

    /// <summary>How many events an answer holds.</summary>
    private const int EventsAtOnce = 100;

    public string Name => "find";

    public async Task<IReadOnlyList<BenchmarkRow>> RunAsync(bool asksPeers)
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        var account = chain.State.Accounts.Worker2;
        int[] volumes = [.. Enumerable.Range(0, Deals).Select(i => (i % LargestDeal) + 1)];
        var planted = volumes.Sum() * Price / 1_000_000_000m;
        await chain.CreateDealsAsync("lost", volumes, Price, account);
        await chain.IncreaseTimeAsync(TimeSpan.FromHours(1));
        await using var node = await RpcProxy.StartAsync(chain.RpcUrl);
        await using var subgraph = await SubgraphFake.StartAsync();
        await using var market = await MarketFake.StartAsync(chain.State.ChainId);
        subgraph.Rows = market.Rows = await RowsAsync(chain, account);
        subgraph.LastBlock = Convert.ToInt64((await chain.SendAsync("eth_blockNumber")).GetString(), 16);
        using var host = PowerShellHost.WithModule();
        host.Set("key", Load.LoadWorld.KeyOf(account));
        host.Invoke($"Connect-IExec -RpcUrl {node.Server.Url} -SubgraphUrl {subgraph.Url} -MarketApiUrl {market.Url} -PrivateKey $key").ThrowOnError();

        // An index lists the deals; the tasks of each are read from the chain.
        var pages = (volumes.Sum() + CallsAtOnce - 1) / CallsAtOnce;
        var rows = new List<BenchmarkRow>();
        var byIndex = Find(host, node, "Subgraph", planted);
        var peer = asksPeers ? await AskPeerAsync(chain, market, account) : "–";
        rows.Add(new BenchmarkRow(
            $"find {volumes.Sum():N0} claimable tasks among {Deals:N0} deals, by an index", peer, $"{pages} requests to the node", byIndex.Text,
            Gauge.Of(byIndex.Requests), $"≤ {pages + OtherRequests} requests", byIndex.Requests <= pages + OtherRequests));
        foreach (var (what, limit) in new (string, Action)[]
        {
            ($"{BlocksAtOnce} blocks", () => node.LimitBlocks(BlocksAtOnce)),
            ($"{EventsAtOnce} events", () => node.LimitResults(EventsAtOnce)),
        })
        {
            limit();
            var byChain = Find(host, node, "Chain", planted);
            node.Intercept = _ => null;
            rows.Add(new BenchmarkRow($"find them, by a node that gives {what} a request", "–", $"{pages} requests", byChain.Text, Gauge.Of(byChain.Requests), "–", true));
        }

        rows.Add(Claim(host, planted));
        return rows;
    }

    private static (int Requests, string Text) Find(PowerShellHost host, RpcProxy node, string source, decimal planted)
    {
        var (before, logsBefore) = (node.Server.Requests.Count, node.CountLogRequests());
        var clock = Stopwatch.StartNew();
        var found = host.Invoke($"Find-IExecDeal -Claimable -Source {source}").As<IExecDeal>();
        clock.Stop();
        var requests = node.Server.Requests.Count - before;
        var logs = node.CountLogRequests() - logsBefore;
        var sum = found.Sum(deal => deal.RefundableRlc);
        if (sum != planted)
            throw new InvalidOperationException($"{sum} of {planted} RLC were found.");
        return (requests, $"{requests} requests, {logs} of them for events, {Timing.Text(clock.Elapsed)}; all {sum.ToString(CultureInfo.InvariantCulture)} RLC");
    }

    private static BenchmarkRow Claim(PowerShellHost host, decimal planted)
    {
        var clock = Stopwatch.StartNew();
        var claims = host.Invoke("Find-IExecTask -Claimable | Invoke-IExecTaskClaim -Force -MaximumCost 100").As<IExecTaskClaim>();
        clock.Stop();
        var transactions = claims.Select(claim => claim.TransactionHash).Distinct().Count();
        var left = host.Invoke("Find-IExecDeal").As<IExecDeal>();
        var isAll = claims.Sum(claim => claim.RefundRlc) == planted && left.Sum(deal => deal.RefundableRlc) == 0 && left.Sum(deal => deal.RefundedRlc) == planted;
        return new BenchmarkRow(
            $"claim {claims.Count:N0} tasks of {Deals:N0} deals", "SDK: cannot claim what is not initialised", "–", $"{transactions} transactions, {Timing.Text(clock.Elapsed)}", Gauge.Of(transactions), "all of it", isAll);
    }

    private static async Task<string> AskPeerAsync(DevnetChain chain, MarketFake market, DevnetAccount account)
    {
        var answer = await NodePeer.RunAsync<JsonElement>("find.mjs", new { url = chain.RpcUrl, marketUrl = market.Url, requester = account.Address, most = DealsOfPeer });
        var time = TimeSpan.FromMilliseconds(answer.GetProperty("milliseconds").GetDouble());
        return $"SDK: {Timing.Text(time)} for {answer.GetProperty("tasks").GetInt32():N0} tasks of {answer.GetProperty("deals")} deals, {answer.GetProperty("claimable")} of which it sees";
    }

    private static async Task<IReadOnlyList<IndexRow>> RowsAsync(DevnetChain chain, DevnetAccount account)
    {
        var blocks = (await chain.ReadDealsAsync()).ToDictionary(deal => deal.DealId, deal => deal.Block, StringComparer.Ordinal);
        using var host = PowerShellHost.WithModule();
        var deals = host.Invoke("param($url, $ids) Connect-IExec -RpcUrl $url; $ids | Get-IExecDeal", ("url", chain.RpcUrl), ("ids", blocks.Keys.ToArray())).As<IExecDeal>();
        return [.. deals.Where(deal => deal.Requester == account.Address).Select(deal => IndexRow.Of(deal, blocks[deal.DealId]))];
    }
}
