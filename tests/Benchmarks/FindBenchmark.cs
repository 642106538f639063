using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using IExec.Tasks.Contracts;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Fakes.Indexes;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.Benchmarks;

/// <summary>
/// Finds the money in 1,000 deals of 1 to 50 tasks that never completed, counts the requests to the node, and gets it back: by an index, and by the chain
/// alone with nodes that limit the blocks or the events of a request. The peer is the iexec SDK with the market API.
/// </summary>
internal sealed class FindBenchmark : IBenchmark
{
    private const int Deals = 1000;
    private const int LargestDeal = 50;
    private const long Price = 1_000_000_007;

    /// <summary>How many of the node's requests do not depend on the number of deals: the latest block, the deals' terms (two of 500), their category, the ratios.</summary>
    private const int Constant = 5;

    /// <summary>How many calls a request holds at most.</summary>
    private const int CallsAtOnce = 500;

    /// <summary>Every 25th block of the deals, and fewer events than they have.</summary>
    private const int BlocksAtOnce = 40;

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
        subgraph.LastBlock = Number(await chain.SendAsync("eth_blockNumber"));
        using var host = PowerShellHost.WithModule();
        host.Set("key", Load.LoadWorld.KeyOf(account));
        host.Invoke($"Connect-IExec -RpcUrl {node.Server.Url} -SubgraphUrl {subgraph.Url} -MarketApiUrl {market.Url} -PrivateKey $key").ThrowOnError();

        // An index tells where the deals are; the tasks of each are read all the same.
        var pages = (volumes.Sum() + CallsAtOnce - 1) / CallsAtOnce;
        var rows = new List<BenchmarkRow>();
        var byIndex = Find(host, node, "Subgraph", planted);
        var peer = asksPeers ? await AskPeerAsync(chain, market, account) : "–";
        rows.Add(new BenchmarkRow(
            $"find {volumes.Sum():N0} claimable tasks among {Deals:N0} deals, by an index", peer, $"{pages} requests to the node", byIndex.Text,
            Gauge.Of(byIndex.Requests), $"≤ {pages + Constant} requests", byIndex.Requests <= pages + Constant));
        foreach (var (what, limit) in new (string, Func<JsonObject, JsonNode?, bool>)[]
        {
            ($"{BlocksAtOnce} blocks", (request, _) => Blocks(request) > BlocksAtOnce),
            ($"{EventsAtOnce} events", (_, answer) => answer is JsonArray { Count: > EventsAtOnce }),
        })
        {
            Limit(node, limit);
            var byChain = Find(host, node, "Chain", planted);
            node.Intercept = _ => null;
            rows.Add(new BenchmarkRow($"the same, by a node that gives {what} a request", "–", $"{pages} requests", byChain.Text, Gauge.Of(byChain.Requests), "–", true));
        }

        rows.Add(Claim(host, planted));
        return rows;
    }

    private static (int Requests, string Text) Find(PowerShellHost host, RpcProxy node, string source, decimal planted)
    {
        var before = node.Server.Requests.Count;
        var clock = Stopwatch.StartNew();
        var found = host.Invoke($"Find-IExecDeal -Claimable -Source {source}").As<IExecDeal>();
        clock.Stop();
        var requests = node.Server.Requests.Count - before;
        var logs = node.Server.Requests.Skip(before).Count(request => Encoding.UTF8.GetString(request.Body).Contains("eth_getLogs", StringComparison.Ordinal));
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
            "get it back", "SDK: cannot claim what is not initialised", "–", $"{transactions} transactions, {Timing.Text(clock.Elapsed)}", Gauge.Of(transactions), "all of it", isAll);
    }

    private static async Task<string> AskPeerAsync(DevnetChain chain, MarketFake market, DevnetAccount account)
    {
        var answer = await NodePeer.RunAsync<JsonElement>("find.mjs", new { url = chain.RpcUrl, marketUrl = market.Url, requester = account.Address });
        return $"SDK: {answer.GetProperty("deals")} deals and {answer.GetProperty("claimable")} of the tasks in {Timing.Text(TimeSpan.FromMilliseconds(answer.GetProperty("milliseconds").GetDouble()))}";
    }

    private static async Task<IReadOnlyList<IndexRow>> RowsAsync(DevnetChain chain, DevnetAccount account)
    {
        var logs = await chain.SendAsync(
            "eth_getLogs",
            new { address = chain.State.Contracts.Hub, topics = new[] { DealLogCodec.SchedulerNotice.ToString() }, fromBlock = "0x0", toBlock = "latest" });
        var blocks = logs.EnumerateArray().ToDictionary(log => log.GetProperty("data").GetString()!, log => Number(log.GetProperty("blockNumber")), StringComparer.Ordinal);
        using var host = PowerShellHost.WithModule();
        var deals = host.Invoke("param($url, $ids) Connect-IExec -RpcUrl $url; $ids | Get-IExecDeal", ("url", chain.RpcUrl), ("ids", blocks.Keys.ToArray())).As<IExecDeal>();
        return [.. deals.Where(deal => deal.Requester == account.Address).Select(deal => IndexRow.Of(deal, blocks[deal.DealId]))];
    }

    private static void Limit(RpcProxy node, Func<JsonObject, JsonNode?, bool> isTooMuch) => node.Intercept = request =>
    {
        if (request is not JsonObject single || single["method"]!.GetValue<string>() != "eth_getLogs")
            return null;
        var answer = node.Forward(request);
        return isTooMuch(single, JsonNode.Parse(answer.Body)!["result"])
            ? RpcProxy.Answer(request, "error", new JsonObject { ["code"] = -32005, ["message"] = "query returned more than 10000 results" }) with { Status = HttpStatusCode.OK }
            : answer;
    };

    private static long Blocks(JsonObject request) => Number(request, "toBlock") - Number(request, "fromBlock") + 1;

    private static long Number(JsonObject request, string name) => Number(request["params"]![0]![name]!.GetValue<string>());

    private static long Number(JsonElement hex) => Number(hex.GetString()!);

    private static long Number(string hex) => long.Parse(hex.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
