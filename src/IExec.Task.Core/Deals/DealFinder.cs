using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Deals;

/// <summary>Searches deals. Sources only list ids: each deal is read from the chain, and skipped unless it matches there.</summary>
internal sealed class DealFinder(IExecSession session, IProgress<SearchProgress> progress)
{
    private const int DealsAtOnce = 1000;

    /// <summary>Every index is a little behind the chain; more is worth a warning.</summary>
    private static readonly TimeSpan UsualLag = TimeSpan.FromMinutes(2);

    private readonly DealReader _reader = new(session);
    private readonly ChainDealSource _chain = new(session, progress);
    private readonly HashSet<Bytes32> _seen = [];
    private int _wrong;

    /// <summary>Finds deals, newest first, in batches.</summary>
    /// <param name="filter">The deals to find.</param>
    /// <param name="source">Where to look for them.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <exception cref="IExecException">IndexError, and those of reading the chain. The deals before it are correct.</exception>
    public async IAsyncEnumerable<IReadOnlyList<ScheduledDeal>> FindAsync(
        DealFilter filter, IExecDealSource source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var latest = BlockHeader.Read(await session.Rpc.SendAsync(BlockHeader.GetLatest, cancellationToken).ConfigureAwait(false));
        session.Diagnostics.SeeBlock(latest.Timestamp, latest.Number);
        var (index, answer) = await AskIndexAsync(filter, source, latest, cancellationToken).ConfigureAwait(false);
        var isCompleted = source is IExecDealSource.Auto or IExecDealSource.Chain;
        if (answer is { IsExact: true })
            await WarnOfLagAsync(index!, answer.LastBlock, latest, isCompleted, cancellationToken).ConfigureAwait(false);

        var unseen = answer is null ? session.Connection.FirstBlock : answer.LastBlock + 1;
        if (isCompleted && (answer is null || unseen <= latest.Number))
        {
            var missing = 0;
            await foreach (var named in _chain.NameAsync(filter, unseen, latest, cancellationToken).ConfigureAwait(false))
            {
                var found = await ReadAsync(filter, named, latest, cancellationToken).ConfigureAwait(false);
                missing += found.Count;
                yield return found;
            }

            if (answer is { IsExact: false } && missing > 0)
                await session.Diagnostics.WarnAsync($"{missing} of the deals are not in {index!.Name}, which has none made after block {answer.LastBlock}; they were found on the chain.").ConfigureAwait(false);
        }

        if (answer is null)
            yield break;
        _wrong = 0;
        Bytes32[] indexed = [.. answer.Deals.Where(deal => !filter.Claimable || !deal.IsDone).OrderByDescending(deal => deal.StartTime).Select(deal => deal.Id).Distinct()];
        for (var start = 0; start < indexed.Length; start += DealsAtOnce)
        {
            progress.Report(new SearchProgress(FormattableString.Invariant($"{start:N0} of {indexed.Length:N0} deals read"), (double)start / indexed.Length));
            var found = await ReadAsync(filter, [.. indexed.Skip(start).Take(DealsAtOnce)], latest, cancellationToken).ConfigureAwait(false);
            yield return [.. found.OrderByDescending(deal => deal.Deal.StartTime)];
        }

        if (_wrong > 0)
            await session.Diagnostics.WarnAsync($"{_wrong} of the deals that {index!.Name} returned were left out: they are not on the chain, or do not match the search.").ConfigureAwait(false);
    }

    private async Task<(IDealIndex? Index, IndexAnswer? Answer)> AskIndexAsync(
        DealFilter filter, IExecDealSource source, BlockHeader latest, CancellationToken cancellationToken)
    {
        foreach (var index in Indexes(filter, source, latest))
        {
            try
            {
                progress.Report(new SearchProgress($"Asking {index.Name}"));
                var answer = await index.ReadAsync(filter, cancellationToken).ConfigureAwait(false);
                session.Diagnostics.Verbose($"From {index.Name}: {answer.Deals.Count} deals, up to block {answer.LastBlock}.");
                return (index, answer);
            }
            catch (IExecException exception) when (source == IExecDealSource.Auto && exception.ErrorId == IExecErrorId.IndexError)
            {
                await session.Diagnostics.WarnAsync($"{exception.Message} Searching without it.").ConfigureAwait(false);
            }
        }

        return default;
    }

    /// <summary>The usable indexes. An index of the public chain does not apply to a local copy of it, which does not reach the hub's first block.</summary>
    private IEnumerable<IDealIndex> Indexes(DealFilter filter, IExecDealSource source, BlockHeader latest)
    {
        var connection = session.Connection;
        var known = latest.Number < connection.FirstBlock ? KnownChains.Find(connection.ChainId.ToString(CultureInfo.InvariantCulture)) : null;
        IDealIndex? subgraph = connection.Subgraph is { } subgraphUrl && subgraphUrl != known?.SubgraphUrl ? new Subgraph(subgraphUrl, session) : null;
        IDealIndex? market = connection.MarketApi is { } marketUrl && marketUrl != known?.MarketApiUrl ? new MarketApi(marketUrl, session) : null;
        return source switch
        {
            IExecDealSource.Auto => new[] { subgraph, market }.OfType<IDealIndex>().Where(index => index.Takes(filter)),
            IExecDealSource.Subgraph => [Require(subgraph, filter, "subgraph", "-SubgraphUrl")],
            IExecDealSource.Market => [Require(market, filter, "market API", "-MarketApiUrl")],
            _ => [],
        };
    }

    private IDealIndex Require(IDealIndex? index, DealFilter filter, string name, string parameter)
    {
        if (index is null)
            throw new IExecException(IExecErrorId.IndexError, $"The connection to {session.Connection.Chain} has no {name}.", $"Name one with Connect-IExec {parameter}, or search with -Source Chain.");
        return index.Takes(filter)
            ? index
            : throw new IExecException(IExecErrorId.IndexError, $"The {name} cannot be searched by payer.", "Search with -Source Auto or Chain, or by another address.");
    }

    private async Task WarnOfLagAsync(IDealIndex index, long lastBlock, BlockHeader latest, bool isCompleted, CancellationToken cancellationToken)
    {
        var blocks = (long)latest.Number - lastBlock;
        if (blocks <= 0)
            return;
        var last = lastBlock < 0 ? null : await new BlockFinder(session).ReadAsync(lastBlock, cancellationToken).ConfigureAwait(false);
        if (last is not null && latest.Timestamp - last.Timestamp <= UsualLag)
            return;
        var lag = last is null ? "" : $", {Describe(latest.Timestamp - last.Timestamp)}";
        var consequence = isCompleted ? "The deals of these blocks are searched on the chain." : "Newer deals may be missing; -Source Auto finds them on the chain.";
        await session.Diagnostics.WarnAsync($"Deals from {index.Name} are complete only up to {blocks} blocks{lag} before the latest one. {consequence}").ConfigureAwait(false);
    }

    private static string Describe(TimeSpan lag) => lag.TotalDays >= 2 ? $"{lag.TotalDays:0} days" : lag.TotalHours >= 2 ? $"{lag.TotalHours:0} hours" : $"{lag.TotalMinutes:0} minutes";

    private async Task<IReadOnlyList<ScheduledDeal>> ReadAsync(DealFilter filter, IReadOnlyList<Bytes32> named, BlockHeader latest, CancellationToken cancellationToken)
    {
        // Not every source supports all conditions, but none should list deals of other accounts.
        var whatSourcesKnow = filter with { Payer = null, Since = null, Until = null };
        Bytes32[] ids = [.. named.Where(_seen.Add)];
        var deals = await _reader.ReadFittingAsync(
            ids,
            deal =>
            {
                if (deal is null || !whatSourcesKnow.Fits(deal))
                    _wrong++;
                return deal is not null && filter.Fits(deal);
            },
            cancellationToken).ConfigureAwait(false);
        return filter.Claimable ? [.. deals.Where(deal => deal.FinalDeadline <= latest.Timestamp)] : deals;
    }
}
