using System;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Deals;

public sealed class FindIExecDealTests(DevnetFixture devnet) : IClassFixture<DevnetFixture>
{
    public static TheoryData<DevnetProfile> Profiles => [DevnetProfile.Arbitrum, DevnetProfile.Bellecour];

    /// <summary>Refusals of public nodes, as reported by users: HTTP status, code, message.</summary>
    public static TheoryData<int, int, string> Refusals => new()
    {
        { 413, -32614, "eth_getLogs is limited to a 10,000 range" },
        { 200, -32602, "Log response size exceeded. You can make eth_getLogs requests with up to a 2K block range and no limit on the response size" },
        { 200, -32600, "block range is too wide" },
        { 200, -32005, "query returned more than 10000 results. Try with this block range [0x1, 0x2]." },
        { 200, -32005, "query returned more than 10000 results" },
        { 200, -32000, "block range too large" },
        { 200, -32603, "query exceeds max results 20000, retry with the range 1-2" },
        { 400, -32701, "exceed maximum block range: 50000" },
        { 413, 0, "" },
    };

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Finds_deals_by_each_kind_of_address_newest_first(DevnetProfile profile)
    {
        var chain = await devnet.GetAsync(profile);
        using var host = chain.Connect();
        var (accounts, contracts) = (chain.State.Accounts, chain.State.Contracts);
        var (requester, sponsor) = (accounts.Requester.Address, accounts.Sponsor.Address);

        Assert.Equal(await FoundDeals.OfAsync(chain, deal => Is(deal.Requester, requester)), Find(host, $"-Requester {requester}"));
        Assert.Equal(await FoundDeals.OfAsync(chain, deal => Is(deal.Requester, sponsor)), Find(host, $"-Requester {sponsor.ToLowerInvariant()}"));
        Assert.Equal(await FoundDeals.AllAsync(chain), Find(host, $"-Beneficiary {accounts.Beneficiary.Address}"));
        Assert.Equal(await FoundDeals.AllAsync(chain), Find(host, $"-App {contracts.App}"));
        Assert.Equal(await FoundDeals.OfAsync(chain, deal => deal.Prices[1] > 0), Find(host, $"-Dataset {contracts.Dataset}").Where(id => chain.State.Deals.Values.Single(deal => deal.DealId == id).Prices[1] > 0));
        Assert.Equal(await FoundDeals.OfAsync(chain, deal => deal.Workerpool == "noUrl"), Find(host, $"-Workerpool {chain.State.Workerpools["noUrl"].Address}"));
        Assert.Equal([chain.State.Deals["sponsored"].DealId], Find(host, $"-Requester {requester} -Payer {sponsor}"));
    }

    /// <summary>
    /// The payer locks the price by a transfer to the hub, in the transaction of the deal. Stakes are locked in the same way: workers' in other transactions, the
    /// workerpool's in that of the deal, which another account pays for.
    /// </summary>
    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Finds_a_payers_deals_by_transfers_and_ignores_stakes(DevnetProfile profile)
    {
        var chain = await devnet.GetAsync(profile);
        using var host = chain.Connect();
        var accounts = chain.State.Accounts;

        Assert.Equal(await FoundDeals.OfAsync(chain, deal => Is(deal.Sponsor, accounts.Requester.Address)), Find(host, $"-Payer {accounts.Requester.Address}"));
        Assert.Equal(await FoundDeals.OfAsync(chain, deal => Is(deal.Sponsor, accounts.Sponsor.Address)), Find(host, $"-Payer {accounts.Sponsor.Address}"));
        Assert.Empty(Find(host, $"-Payer {accounts.Worker1.Address}"));
        Assert.Empty(Find(host, $"-Payer {accounts.Scheduler.Address}"));
    }

    [Fact]
    public async Task Without_an_address_it_is_the_connections_account_as_requester_or_payer()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.ConnectAs(chain.State.Accounts.Sponsor);

        Assert.Equal(await FoundDeals.OfAsync(chain, deal => Is(deal.Requester, chain.State.Accounts.Sponsor.Address) || Is(deal.Sponsor, chain.State.Accounts.Sponsor.Address)), Find(host, ""));
    }

    [Fact]
    public async Task Without_an_address_and_a_key_it_says_what_is_missing()
    {
        using var host = (await devnet.GetAsync(DevnetProfile.Arbitrum)).Connect();

        var result = host.Invoke("Find-IExecDeal");

        Assert.Equal("SignerRequired", result.SingleErrorId());
        Assert.Contains("-Requester", result.AllErrors().Single().ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Emits_the_same_objects_as_reading_by_id()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();

        var found = Assert.Single(host.Invoke($"Find-IExecDeal -Payer {chain.State.Accounts.Sponsor.Address} -Claimable").As<IExecDeal>());

        Assert.Equal((chain.State.Deals["sponsored"].DealId, 4L, 0.000412m), (found.DealId, found.ClaimableCount, found.RefundableRlc));
    }

    [Fact]
    public async Task Filters_by_the_status_of_tasks()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();
        var requester = chain.State.Accounts.Requester.Address;

        var failed = host.Invoke($"Find-IExecDeal {requester} -Status Failed").As<IExecDeal>();
        var revealing = host.Invoke($"Find-IExecDeal {requester} -Status Revealing, Failed").As<IExecDeal>();

        Assert.Equal(await FoundDeals.OfAsync(chain, deal => deal == chain.State.Deals["failedFromActive"] || deal == chain.State.Deals["failedFromRevealing"]), failed.Select(deal => deal.DealId));
        Assert.Contains(chain.State.Deals["bag"].DealId, revealing.Select(deal => deal.DealId));
        Assert.True(revealing.Count > failed.Count);
    }

    [Fact]
    public async Task Skip_and_First_limit_the_output()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();
        var all = await FoundDeals.AllAsync(chain);

        Assert.Equal(all.Skip(2).Take(3), Find(host, $"-App {chain.State.Contracts.App} -Skip 2 -First 3"));
        Assert.Empty(Find(host, $"-App {chain.State.Contracts.App} -Skip 5000"));
    }

    [Fact]
    public async Task Filters_by_time()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();
        var begin = await chain.GetTimestampAsync();
        await chain.IncreaseTimeAsync(TimeSpan.FromDays(3));
        var first = await chain.CreateDealAsync("first");
        var between = await chain.GetTimestampAsync();
        await chain.IncreaseTimeAsync(TimeSpan.FromDays(3));
        var second = await chain.CreateDealAsync("second");
        await chain.MineAsync(50);
        await chain.IncreaseTimeAsync(TimeSpan.FromDays(3));

        string[] FindBetween(string parameters) =>
            [.. host.Invoke($"Find-IExecDeal -App {chain.State.Contracts.App} {parameters}", ("begin", null)).As<IExecDeal>().Select(deal => deal.DealId)];

        Assert.Equal([second.DealId, first.DealId], FindBetween($"-Since {begin:o}"));
        Assert.Equal([second.DealId], FindBetween($"-Since {between.AddSeconds(1):o}"));
        Assert.Equal([first.DealId], FindBetween($"-Since {begin:o} -Until {between:o}"));
        Assert.Equal(chain.State.Deals.Count, FindBetween($"-Until {begin:o}").Length);
        Assert.Empty(FindBetween($"-Since {between.AddDays(30):o}"));
        Assert.Empty(FindBetween("-Until 2015-01-01"));
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Asks_for_fewer_blocks_when_the_node_refuses_many(int status, int code, string message)
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        await using var node = await RpcProxy.StartAsync(chain.RpcUrl);
        node.LimitBlocks(20, status, code, message);
        using var host = Connect(node);

        Assert.Equal(await FoundDeals.AllAsync(chain), Find(host, $"-App {chain.State.Contracts.App}"));
        Assert.InRange(node.CountLogRequests(), 5, 9);
    }

    [Fact]
    public async Task Asks_for_fewer_blocks_when_the_node_refuses_many_events()
    {
        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        await chain.CreateDealAsync("one more");
        await using var node = await RpcProxy.StartAsync(chain.RpcUrl);
        node.LimitResults(await FoundDeals.MostInABlockAsync(chain));
        using var host = Connect(node);

        Assert.Equal(await FoundDeals.AllAsync(chain), Find(host, $"-App {chain.State.Contracts.App}"));
        Assert.True(node.CountLogRequests() > 1);
    }

    [Fact]
    public async Task Remembers_the_nodes_limit()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        await using var node = await RpcProxy.StartAsync(chain.RpcUrl);
        node.LimitBlocks(5);
        using var host = Connect(node);
        Find(host, $"-App {chain.State.Contracts.App}");
        var first = node.CountLogRequests();

        Find(host, $"-App {chain.State.Contracts.App}");

        Assert.True(node.CountLogRequests() - first < first, $"{first} requests at first, {node.CountLogRequests() - first} later");
    }

    [Fact]
    public async Task Emits_what_it_found_before_the_error_of_a_node_without_older_events()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        await using var node = await RpcProxy.StartAsync(chain.RpcUrl);
        var all = await FoundDeals.AllAsync(chain);
        var kept = await FoundDeals.NewestBlockAsync(chain);
        node.KeepLogsFrom(kept);
        using var host = Connect(node);

        var result = host.Invoke($"Find-IExecDeal -App {chain.State.Contracts.App}");

        Assert.Equal("RpcError", result.SingleErrorId());
        Assert.Contains($"of block {kept - 1}: pruned history unavailable", result.AllErrors().Single().ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(result.Output);
        Assert.Equal(all.Take(result.Output.Count), result.Output.Select(item => ((IExecDeal)item.BaseObject).DealId));
    }

    [Fact]
    public async Task Warns_of_a_node_without_the_first_block()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        await using var node = await RpcProxy.StartAsync(chain.RpcUrl);
        node.Intercept = request => request is System.Text.Json.Nodes.JsonObject && request["method"]!.GetValue<string>() == "eth_getBlockByNumber" && request["params"]![0]!.GetValue<string>() == "0x0"
            ? RpcProxy.Answer(request, "result", null)
            : null;
        using var host = Connect(node);

        var result = host.Invoke($"Find-IExecDeal -App {chain.State.Contracts.App}");

        Assert.Equal(chain.State.Deals.Count, result.As<IExecDeal>().Count);
        Assert.Contains("does not have block 0", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Find-IExecDeal 0x12", "InvalidAddress")]
    [InlineData("Find-IExecTask -Payer 0x0000000000000000000000000000000000000g01", "InvalidAddress")]
    [InlineData("Find-IExecDeal -App '' ", "ParameterArgumentValidationError")]
    [InlineData("Find-IExecDeal -Since 2024-02-01 -Until 2024-01-01", "ParameterArgumentValidationError")]
    [InlineData("Find-IExecDeal -First 0", "ParameterArgumentValidationError")]
    public async Task Invalid_input_is_an_error_before_any_request(string command, string errorId)
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        await using var node = await RpcProxy.StartAsync(chain.RpcUrl);
        using var host = Connect(node);
        var before = node.Server.Requests.Count;

        Assert.Equal(errorId, host.Invoke(command).SingleErrorId());
        Assert.Equal(before, node.Server.Requests.Count);
    }

    /// <summary>Requester and sponsor from the pipeline, as text and as a row; -First and -Skip count over all of them.</summary>
    [Fact]
    public async Task Searches_for_each_requester_of_the_pipeline()
    {
        var chain = await devnet.GetAsync(DevnetProfile.Arbitrum);
        using var host = chain.Connect();
        var requester = chain.State.Accounts.Requester.Address;
        var expected = host.Invoke($"Find-IExecDeal {requester}; Find-IExecDeal {chain.State.Accounts.Sponsor.Address}").As<IExecDeal>().Select(deal => deal.DealId).ToList();
        var inputs = $"'{requester}', '0x12', [pscustomobject]@{{ Requester = '{chain.State.Accounts.Sponsor.Address}' }}";

        var all = host.Invoke($"{inputs} | Find-IExecDeal");
        var some = host.Invoke($"{inputs} | Find-IExecDeal -Skip 1 -First 3").As<IExecDeal>();

        Assert.Equal(expected, all.Output.Select(item => ((IExecDeal)item.BaseObject).DealId));
        Assert.Equal("InvalidAddress", all.SingleErrorId());
        Assert.Equal("0x12", all.Errors[0].TargetObject);
        Assert.Equal(expected.Skip(1).Take(3), some.Select(deal => deal.DealId));
    }

    [Fact]
    public async Task An_account_without_deals_gives_nothing()
    {
        using var host = (await devnet.GetAsync(DevnetProfile.Arbitrum)).Connect();

        Assert.Empty(Find(host, "-Payer 0x00000000000000000000000000000000000000aa"));
        Assert.Empty(host.Invoke("Find-IExecTask -Workerpool 0x00000000000000000000000000000000000000aa").As<IExecTask>());
    }

    private static PowerShellHost Connect(RpcProxy node)
    {
        var host = PowerShellHost.WithModule();
        host.Invoke($"Connect-IExec -RpcUrl {node.Server.Url} -MaximumRetryCount 0").ThrowOnError();
        return host;
    }

    private static string[] Find(PowerShellHost host, string parameters) =>
        [.. host.Invoke($"Find-IExecDeal {parameters}").As<IExecDeal>().Select(deal => deal.DealId)];

    private static bool Is(string address, string other) => string.Equals(address, other, StringComparison.OrdinalIgnoreCase);
}
