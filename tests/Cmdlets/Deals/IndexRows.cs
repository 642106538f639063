using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes.Indexes;

namespace IExec.Tasks.CmdletTests.Deals;

/// <summary>The rows of a correct index of a chain.</summary>
internal static class IndexRows
{
    /// <summary>All deals of the chain.</summary>
    public static async Task<IReadOnlyList<IndexRow>> ReadAsync(DevnetChain chain)
    {
        var blocks = (await chain.ReadDealsAsync()).ToDictionary(deal => deal.DealId, deal => deal.Block, StringComparer.Ordinal);
        using var host = chain.Connect();
        return [.. host.Invoke("param($ids) $ids | Get-IExecDeal", ("ids", blocks.Keys.ToArray())).As<IExecDeal>().Select(deal => IndexRow.Of(deal, blocks[deal.DealId]))];
    }
}
