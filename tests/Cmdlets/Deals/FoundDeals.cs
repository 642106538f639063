using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.CmdletTests.Deals;

/// <summary>The expected results of searches: the deals of a chain, as the test knows them.</summary>
internal static class FoundDeals
{
    /// <summary>The ids of all deals of the chain, the newest first.</summary>
    public static async Task<IReadOnlyList<string>> AllAsync(DevnetChain chain) => [.. (await chain.ReadDealsAsync()).Select(deal => deal.DealId).Reverse()];

    /// <summary>The block of the newest deal.</summary>
    public static async Task<long> NewestBlockAsync(DevnetChain chain) => (await chain.ReadDealsAsync())[^1].Block;

    /// <summary>The ids of the matching deals at the chain's start, the newest first.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(DevnetChain chain, Func<DevnetDeal, bool> isMeant)
    {
        var meant = chain.State.Deals.Values.Where(isMeant).Select(deal => deal.DealId).ToHashSet(StringComparer.Ordinal);
        return [.. (await AllAsync(chain)).Where(meant.Contains)];
    }

    /// <summary>The number of the deals in the block that has most of them.</summary>
    public static async Task<int> MostInABlockAsync(DevnetChain chain) =>
        (await chain.ReadDealsAsync()).GroupBy(deal => deal.Block).Max(block => block.Count());
}
