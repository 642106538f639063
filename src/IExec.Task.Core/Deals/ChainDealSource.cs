using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Deals;

/// <summary>Lists deals from the hub's log: only their ids, some of which may not match the filter.</summary>
/// <param name="session">The command's session.</param>
/// <param name="progress">Receives how many blocks were searched.</param>
internal sealed class ChainDealSource(IExecSession session, IProgress<SearchProgress> progress)
{
    /// <summary>Deals are read together in one request, once there are this many …</summary>
    private const int DealsAtOnce = 250;

    /// <summary>… or after this many requests for events.</summary>
    private const int PagesToWait = 8;

    private readonly BlockFinder _blocks = new(session);

    /// <summary>Lists the deals of a range of blocks, newest first.</summary>
    /// <param name="filter">The deals to find.</param>
    /// <param name="first">The first block; a chain that does not reach it is searched from its start.</param>
    /// <param name="latest">The last block.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="IExecException">Those of reading the log.</exception>
    public async IAsyncEnumerable<IReadOnlyList<Bytes32>> NameAsync(
        DealFilter filter, long first, BlockHeader latest, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var all = await _blocks.NarrowAsync(first, latest, filter.Since, filter.Until, "deals", cancellationToken).ConfigureAwait(false);
        var logs = filter.Payer is { } payer && filter.Workerpool is null
            ? session.DealLogs.ReadPaidAsync(payer, all, cancellationToken)
            : session.DealLogs.ReadAsync(filter.Workerpool, all, cancellationToken);
        var named = new List<Bytes32>();
        var (pages, found) = (0, 0);
        await foreach (var (blocks, dealIds) in logs.ConfigureAwait(false))
        {
            named.AddRange(dealIds);
            found += dealIds.Count;
            progress.Report(new SearchProgress(
                FormattableString.Invariant($"{all.Last - blocks.First + 1:N0} of {all.Count:N0} blocks searched, {found:N0} deals to look at"),
                (double)(all.Last - blocks.First + 1) / all.Count));
            if (named.Count == 0 || (named.Count < DealsAtOnce && found > dealIds.Count && ++pages < PagesToWait))
                continue;
            yield return named;
            named = [];
            pages = 0;
        }

        if (named.Count > 0)
            yield return named;
    }
}
