using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;

namespace IExec.Tasks.Devnet;

/// <content>Deals made by tests.</content>
public sealed partial class DevnetChain
{
    /// <summary>Category of five minutes: contributions end 35 minutes after the deal, the final deadline is 50 minutes after it.</summary>
    public const int CategoryXs = 0;

    /// <summary>Category of ten years.</summary>
    public const int CategoryForever = 5;

    /// <summary>Makes a deal that starts now; its tasks are UNSET.</summary>
    /// <param name="name">Unique on this chain: the deal's id depends on it.</param>
    /// <param name="category">0 (XS) to 5 (FOREVER).</param>
    /// <param name="volume">Number of tasks.</param>
    /// <param name="trust">1: one contribution makes the consensus.</param>
    /// <param name="appPrice">nRLC for each task.</param>
    /// <param name="workerpoolPrice">nRLC for each task.</param>
    /// <param name="workerpool">A name in <see cref="DevnetState.Workerpools"/>.</param>
    /// <param name="callback">Whether the result goes to a contract.</param>
    /// <param name="requester">The requester; the devnet's if not given.</param>
    /// <param name="sponsor">The payer; the requester if not given.</param>
    public async Task<DevnetDeal> CreateDealAsync(
        string name,
        int category = CategoryForever,
        int volume = 1,
        int trust = 1,
        long appPrice = 0,
        long workerpoolPrice = 0,
        string workerpool = "main",
        bool callback = false,
        DevnetAccount? requester = null,
        DevnetAccount? sponsor = null)
    {
        requester ??= State.Accounts.Requester;
        var dealId = await MatchAsync(name, category, volume, trust, appPrice, workerpoolPrice, workerpool, callback, requester, sponsor);
        var tasks = await TasksAsync(dealId, volume);
        return new DevnetDeal(
            dealId, category, requester.Address, (sponsor ?? requester).Address, workerpool, [appPrice, 0, workerpoolPrice], BotFirst: 0, volume, tasks);
    }

    /// <summary>Makes many deals of the category XS, and returns their ids.</summary>
    /// <param name="name">The beginning of their names.</param>
    /// <param name="volumes">The number of tasks of each.</param>
    /// <param name="workerpoolPrice">nRLC for each task.</param>
    /// <param name="requester">The requester; the devnet's if not given.</param>
    public async Task<IReadOnlyList<string>> CreateDealsAsync(string name, IEnumerable<int> volumes, long workerpoolPrice, DevnetAccount? requester = null)
    {
        var dealIds = new List<string>();
        foreach (var volume in volumes)
        {
            dealIds.Add(await MatchAsync(
                $"{name}{dealIds.Count}", CategoryXs, volume, trust: 1, appPrice: 0, workerpoolPrice, "main", callback: false, requester ?? State.Accounts.Requester, sponsor: null));
        }

        return dealIds;
    }

    /// <summary>The ids of all deals of the chain and the blocks in which they were made, the oldest first: the hub announces each with SchedulerNotice.</summary>
    public async Task<IReadOnlyList<(string DealId, long Block)>> ReadDealsAsync()
    {
        var notice = await KeccakAsync(Abi.ToHex("SchedulerNotice(address,bytes32)"));
        var logs = await SendAsync("eth_getLogs", new { address = State.Contracts.Hub, topics = new[] { notice }, fromBlock = "0x0", toBlock = "latest" });
        return [.. logs.EnumerateArray().Select(log => (log.GetProperty("data").GetString()!, Convert.ToInt64(log.GetProperty("blockNumber").GetString(), 16)))];
    }

    private async Task<string> MatchAsync(
        string name,
        int category,
        int volume,
        int trust,
        long appPrice,
        long workerpoolPrice,
        string workerpool,
        bool callback,
        DevnetAccount requester,
        DevnetAccount? sponsor)
    {
        var (accounts, contracts) = (State.Accounts, State.Contracts);
        var salt = await KeccakAsync(Abi.ToHex(name));
        var pool = State.Workerpools[workerpool].Address;

        var app = Order.App(contracts.App, appPrice, volume, salt);
        var dataset = Order.NoDataset();
        var offer = Order.Workerpool(pool, workerpoolPrice, volume, category, trust, salt);
        var request = Order.Request(
            contracts.App, appPrice, pool, workerpoolPrice, requester.Address, volume, category, trust,
            accounts.Beneficiary.Address, callback ? contracts.CallbackReceiver : Nobody, JsonSerializer.Serialize(new { iexec_args = name }), salt);

        var receipt = await SendToHubAsync(
            sponsor ?? requester,
            $"{(sponsor is null ? "matchOrders" : "sponsorMatchOrders")}({app.AbiType},{dataset.AbiType},{offer.AbiType},{request.AbiType})",
            app.Encode(await SignAsync(app, accounts.AppOwner)),
            dataset.Encode("0x"),
            offer.Encode(await SignAsync(offer, accounts.Scheduler)),
            request.Encode(await SignAsync(request, requester)));
        return await FindDealIdAsync(receipt);
    }

    private async Task<string> SignAsync(Order order, DevnetAccount signer) =>
        (await SendAsync("eth_signTypedData_v4", signer.Address, order.ToTypedData(State.ChainId, State.Contracts.Hub))).GetString()!;

    private async Task<string> FindDealIdAsync(JsonElement receipt)
    {
        var matched = await KeccakAsync(Abi.ToHex("OrdersMatched(bytes32,bytes32,bytes32,bytes32,bytes32,uint256)"));
        var log = receipt.GetProperty("logs").EnumerateArray()
            .Single(entry => string.Equals(entry.GetProperty("topics")[0].GetString(), matched, StringComparison.Ordinal));
        return log.GetProperty("data").GetString()![..66];
    }

    private async Task<IReadOnlyList<DevnetTask>> TasksAsync(string dealId, int volume)
    {
        var tasks = new List<DevnetTask>(volume);
        for (var index = 0; index < volume; index++)
        {
            var taskId = await KeccakAsync(dealId, Convert.ToHexStringLower(Abi.Number(index).Data));
            tasks.Add(new DevnetTask(taskId, dealId, index, "unset", "", "0x", taskId));
        }

        return tasks;
    }
}
