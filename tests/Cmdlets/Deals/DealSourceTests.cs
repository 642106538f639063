using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Fakes.Indexes;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Deals;

/// <summary>Searches with an index: everything that is emitted comes from the chain, whatever the index returns.</summary>
public sealed class DealSourceTests(DevnetFixture devnet) : IClassFixture<DevnetFixture>, IAsyncLifetime
{
    private DevnetChain _chain = null!;
    private RpcProxy _node = null!;
    private SubgraphFake _subgraph = null!;
    private MarketFake _market = null!;
    private PowerShellHost _host = null!;

    private string Requester => _chain.State.Accounts.Requester.Address;

    private string Sponsor => _chain.State.Accounts.Sponsor.Address;

    public async Task InitializeAsync()
    {
        _chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        var rows = await IndexRows.ReadAsync(_chain);
        _node = await RpcProxy.StartAsync(_chain.RpcUrl);
        _subgraph = await SubgraphFake.StartAsync();
        _market = await MarketFake.StartAsync(_chain.State.ChainId);
        _subgraph.Rows = _market.Rows = rows;
        _subgraph.LastBlock = await LatestAsync();
        _host = PowerShellHost.WithModule();
        _host.Set("key", TestKeys.Secure(_chain.State.Accounts.Sponsor.PrivateKey));
        Connect("");
    }

    public async Task DisposeAsync()
    {
        _host.Dispose();
        await _market.DisposeAsync();
        await _subgraph.DisposeAsync();
        await _node.DisposeAsync();
    }

    [Theory]
    [InlineData("Subgraph")]
    [InlineData("Market")]
    [InlineData("Auto")]
    public void Every_source_finds_the_same(string source)
    {
        foreach (var filter in new[]
        {
            $"-Requester {Requester}", $"-Requester {Sponsor}", $"-App {_chain.State.Contracts.App}", $"-Workerpool {_chain.State.Workerpools["noUrl"].Address}",
            $"-Beneficiary {_chain.State.Accounts.Beneficiary.Address} -Payer {Sponsor}", $"-Dataset {_chain.State.Contracts.Dataset}",
            $"-Requester {Requester} -Until 2024-06-30", $"-Requester {Requester} -Since 2024-07-01", $"-Requester {Requester} -Claimable",
        })
        {
            var expected = Ids(_host.Invoke($"Find-IExecDeal {filter} -Source Chain"));
            var found = _host.Invoke($"Find-IExecDeal {filter} -Source {source}");
            Assert.Empty(found.Warnings);
            Assert.Equal(expected.Order(StringComparer.Ordinal), Ids(found).Order(StringComparer.Ordinal));
            var times = found.As<IExecDeal>().Select(deal => deal.StartTime).ToList();
            Assert.Equal(times.OrderDescending(), times);
        }

        Assert.Equal(source == "Market", _market.Server.Requests.Count > 0);
    }

    [Fact]
    public void The_subgraph_knows_payers_and_the_market_does_not()
    {
        var own = _host.Invoke("Find-IExecDeal -Source Subgraph");
        var market = _host.Invoke("Find-IExecDeal -Source Market");

        Assert.Equal(Ids(_host.Invoke("Find-IExecDeal -Source Chain")).Order(StringComparer.Ordinal), Ids(own).Order(StringComparer.Ordinal));
        Assert.Equal("IndexError", market.SingleErrorId());
        Assert.Contains("by payer", market.AllErrors().Single().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_index_has_not_seen_comes_from_the_chain_with_a_warning_of_how_much()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        _subgraph.Rows = _market.Rows = await IndexRows.ReadAsync(chain);
        _subgraph.LastBlock = Convert.ToInt64((await chain.SendAsync("eth_blockNumber")).GetString(), 16);
        await chain.IncreaseTimeAsync(TimeSpan.FromHours(5));
        var newer = await chain.CreateDealAsync("newer");
        using var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {chain.RpcUrl} -SubgraphUrl {_subgraph.Url} -MarketApiUrl {_market.Url}").ThrowOnError();

        var auto = host.Invoke($"Find-IExecDeal {Requester}");
        var alone = host.Invoke($"Find-IExecDeal {Requester} -Source Subgraph");
        var first = host.Invoke($"Find-IExecDeal {Requester} -First 1 -Source Auto");

        Assert.Equal(newer.DealId, Ids(auto)[0]);
        Assert.Equal(Ids(alone).Count + 1, Ids(auto).Count);
        Assert.DoesNotContain(newer.DealId, Ids(alone));
        Assert.Equal(newer.DealId, Assert.Single(Ids(first)));
        Assert.Contains("are complete only up to 2 blocks, 5 hours before the latest one. The deals of these blocks are searched on the chain.", Assert.Single(auto.Warnings), StringComparison.Ordinal);
        _subgraph.Server.Handler = _ => ScriptedReply.WithStatus(HttpStatusCode.NotFound);
        var byMarket = host.Invoke($"Find-IExecDeal {Requester}");
        Assert.Equal(Ids(auto).Count, Ids(byMarket).Count);
        Assert.Contains("1 of the deals are not in the market API", byMarket.Warnings[1], StringComparison.Ordinal);
        Assert.Contains("-Source Auto", Assert.Single(alone.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Subgraph")]
    [InlineData("Auto")]
    public void False_data_of_an_index_does_not_change_the_output(string source)
    {
        var honest = Ids(_host.Invoke($"Find-IExecDeal {Sponsor} -Source Chain"));
        var lower = Sponsor.ToLowerInvariant();
        _subgraph.Rows =
        [
            // Deals that do not exist, deals of others, other numbers, and each deal again.
            .. _subgraph.Rows.Select(row => row with { Requester = lower, BotSize = 12345, StartTime = 5, Sponsor = lower }).Take(7),
            .. _subgraph.Rows.Where(row => row.Requester == lower).Select(row => row with { StartTime = 4_000_000_000 - row.StartTime }),
            .. _subgraph.Rows.Where(row => row.Requester == lower),
            _subgraph.Rows[0] with { DealId = "0x" + new string('f', 64), Requester = lower },
        ];

        var found = _host.Invoke($"Find-IExecDeal {Sponsor} -Source {source}");

        Assert.Equal(honest, Ids(found));
        Assert.Contains("were left out", Assert.Single(found.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("down")]
    [InlineData("404")]
    [InlineData("error")]
    [InlineData("html")]
    [InlineData("empty")]
    [InlineData("null")]
    [InlineData("no-meta")]
    [InlineData("bad-id")]
    [InlineData("negative")]
    [InlineData("huge")]
    public async Task A_failing_subgraph_is_an_error_with_Source_Subgraph_and_a_warning_with_Auto(string fault)
    {
        var reply = fault switch
        {
            "down" => new ScriptedReply { Reset = true },
            "404" => ScriptedReply.WithStatus(HttpStatusCode.NotFound),
            "error" => ScriptedReply.Json("""{"errors":[{"message":"indexing_error\u001b[31m"}]}"""),
            "html" => ScriptedReply.WithStatus(HttpStatusCode.OK, "<html>", "text/html"),
            "empty" => ScriptedReply.Json("{}"),
            "null" => ScriptedReply.Json("""{"data":null}"""),
            "no-meta" => ScriptedReply.Json("""{"data":{"deals":[]}}"""),
            "bad-id" => ScriptedReply.Json("""{"data":{"_meta":{"block":{"number":1}},"deals":[{"id":"0x12","startTime":"1","botSize":"1","completedTasksCount":"0","claimedTasksCount":"0"}]}}"""),
            "negative" => ScriptedReply.Json("""{"data":{"_meta":{"block":{"number":-1}},"deals":[]}}"""),
            _ => ScriptedReply.Json("""{"data":{"_meta":{"block":{"number":1}},"deals":[{"id":"0x1111111111111111111111111111111111111111111111111111111111111111","startTime":"99999999999999999999","botSize":"1","completedTasksCount":"0","claimedTasksCount":"0"}]}}"""),
        };
        _subgraph.Server.Handler = _ => reply;
        _market.Server.Handler = _ => ScriptedReply.WithStatus(HttpStatusCode.BadRequest, """{"ok":false,"error":"no"}""");

        var alone = _host.Invoke($"Find-IExecDeal {Requester} -Source Subgraph");
        var market = _host.Invoke($"Find-IExecDeal {Requester} -Source Market");
        var auto = _host.Invoke($"Find-IExecDeal {Requester}");

        Assert.Equal("IndexError", alone.SingleErrorId());
        Assert.Empty(alone.Output);
        Assert.DoesNotContain('\u001b', alone.AllErrors().Single().ToString());
        Assert.Equal("IndexError", market.SingleErrorId());
        Assert.Equal(await FoundDeals.OfAsync(_chain, deal => string.Equals(deal.Requester, Requester, StringComparison.OrdinalIgnoreCase)), Ids(auto));
        Assert.Equal(2, auto.Warnings.Count(warning => warning.Contains("Searching without it.", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_market_API_is_used_when_the_subgraph_fails()
    {
        _subgraph.Server.Handler = _ => ScriptedReply.WithStatus(HttpStatusCode.NotFound);

        var found = _host.Invoke($"Find-IExecDeal {Requester}");

        Assert.Equal(Ids(_host.Invoke($"Find-IExecDeal {Requester} -Source Chain")).Count, Ids(found).Count);
        Assert.Single(found.Warnings);
        Assert.NotEmpty(_market.Server.Requests);
    }

    [Fact]
    public void Repeated_pages_end_the_search()
    {
        var page = new JsonArray([.. Enumerable.Repeat(0, 1000).Select(_ => (JsonNode)new JsonObject
        {
            ["id"] = "0x" + new string('1', 64), ["startTime"] = "1", ["botSize"] = "1", ["completedTasksCount"] = "0", ["claimedTasksCount"] = "0",
        })]);
        var answer = new JsonObject { ["data"] = new JsonObject { ["_meta"] = new JsonObject { ["block"] = new JsonObject { ["number"] = 1 } }, ["deals"] = page } }.ToJsonString();
        _subgraph.Server.Handler = _ => ScriptedReply.Json(answer);

        Assert.Equal("IndexError", _host.Invoke($"Find-IExecDeal {Requester} -Source Subgraph").SingleErrorId());
        Assert.Equal(2, _subgraph.Server.Requests.Count);
    }

    [Fact]
    public void A_secret_in_an_indexs_url_is_not_shown()
    {
        Connect("?apikey=s3cr3ts3cr3t");

        var result = _host.Invoke($"Find-IExecDeal {Requester} -Source Subgraph -Verbose -Debug; Get-IExecConnection | ForEach-Object {{ \"$($_.SubgraphUrl)\" }}");

        Assert.DoesNotContain("s3cr3ts3cr3t", string.Join('\n', [result.HostText, .. result.Verbose, .. result.Debug, .. result.Output.Select(item => $"{item}")]), StringComparison.Ordinal);
        Assert.Contains(_subgraph.Server.Requests, request => request.Query.Contains("s3cr3ts3cr3t", StringComparison.Ordinal));
    }

    /// <summary>With an up-to-date index, a search takes one page of it, and the necessary reads of the chain: the latest block, the deals, their category, their tasks.</summary>
    [Fact]
    public void Finding_claimable_tasks_takes_few_requests()
    {
        var before = _node.Server.Requests.Count;

        var tasks = _host.Invoke($"Find-IExecTask {Requester} -Claimable").As<IExecTask>();

        Assert.All(tasks, task => Assert.True(task.IsClaimable));
        Assert.Single(_subgraph.Server.Requests);
        var count = tasks.Count / 500;
        Assert.InRange(_node.Server.Requests.Count - before, 4, 4 + count + 1);
    }

    private static IReadOnlyList<string> Ids(InvocationResult result) => [.. result.As<IExecDeal>().Select(deal => deal.DealId)];

    private void Connect(string query) => _host.Invoke(
        $"Connect-IExec -RpcUrl {_node.Server.Url} -PrivateKey $key -SubgraphUrl '{_subgraph.Url}{query}' -MarketApiUrl {_market.Url} -MaximumRetryCount 0").ThrowOnError();

    private async Task<long> LatestAsync() => Convert.ToInt64((await _chain.SendAsync("eth_blockNumber")).GetString(), 16);
}
