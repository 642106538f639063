using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using IExec.Tasks.Contracts;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.CmdletTests.Deals;

/// <summary>What searches are held against: the deals of a chain, as the test knows them.</summary>
internal static class FoundDeals
{
    /// <summary>The ids of all deals of the chain, the newest first.</summary>
    public static async Task<IReadOnlyList<string>> AllAsync(DevnetChain chain) => [.. (await NoticesAsync(chain)).Select(log => log.GetProperty("data").GetString()!)];

    /// <summary>The block of the newest deal.</summary>
    public static async Task<long> NewestBlockAsync(DevnetChain chain) => Convert.ToInt64((await NoticesAsync(chain))[0].GetProperty("blockNumber").GetString(), 16);

    /// <summary>The ids of the deals that the chain begins with and that are meant, the newest first.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(DevnetChain chain, Func<DevnetDeal, bool> isMeant)
    {
        var meant = chain.State.Deals.Values.Where(isMeant).Select(deal => deal.DealId).ToHashSet(StringComparer.Ordinal);
        return [.. (await AllAsync(chain)).Where(meant.Contains)];
    }

    /// <summary>The number of the deals in the block that has most of them.</summary>
    public static async Task<int> MostInABlockAsync(DevnetChain chain) =>
        (await NoticesAsync(chain)).GroupBy(log => log.GetProperty("blockNumber").GetString()).Max(block => block.Count());

    private static async Task<IReadOnlyList<JsonElement>> NoticesAsync(DevnetChain chain)
    {
        var logs = await chain.SendAsync(
            "eth_getLogs",
            new { address = chain.State.Contracts.Hub, topics = new[] { DealLogCodec.SchedulerNotice.ToString() }, fromBlock = "0x0", toBlock = "latest" });
        return [.. logs.EnumerateArray().Reverse()];
    }
}
