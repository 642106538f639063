using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Services;

namespace IExec.Tasks.Deals;

/// <summary>Searches deals. Sources only name ids: each deal is read from the chain, and left out unless it fits there.</summary>
internal sealed class DealFinder(IExecSession session, IProgress<SearchProgress> progress)
{
    private readonly DealReader _reader = new(session);
    private readonly ChainDealSource _chain = new(session, progress);
    private readonly HashSet<Bytes32> _seen = [];

    /// <summary>Finds deals, the newest first, some at a time.</summary>
    /// <exception cref="IExecException">What the source or reading the chain gives. What came before is right.</exception>
    public async IAsyncEnumerable<IReadOnlyList<ScheduledDeal>> FindAsync(DealFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var latest = BlockHeader.Read(await session.Rpc.SendAsync(BlockHeader.GetLatest, cancellationToken).ConfigureAwait(false));
        await foreach (var named in _chain.NameAsync(filter, session.Connection.FirstBlock, latest, cancellationToken).ConfigureAwait(false))
        {
            if (await ReadAsync(filter, named, latest, cancellationToken).ConfigureAwait(false) is { Count: > 0 } found)
                yield return found;
        }
    }

    private async Task<IReadOnlyList<ScheduledDeal>> ReadAsync(DealFilter filter, IReadOnlyList<Bytes32> named, BlockHeader latest, CancellationToken cancellationToken)
    {
        Bytes32[] ids = [.. named.Where(_seen.Add)];
        var deals = await _reader.ReadFittingAsync(ids, filter.Fits, cancellationToken).ConfigureAwait(false);
        return filter.Claimable ? [.. deals.Where(deal => deal.FinalDeadline <= latest.Timestamp)] : deals;
    }
}
