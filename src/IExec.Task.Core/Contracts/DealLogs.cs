using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Contracts;

/// <summary>Finds deals in the hub's log, the newest first.</summary>
internal sealed class DealLogs(Address hub, LogScan scan, ReceiptLogs receipts)
{
    /// <summary>The deals of a range of blocks: of one workerpool, or of all.</summary>
    /// <returns>The results of each request, with its blocks.</returns>
    public async IAsyncEnumerable<(BlockRange Blocks, IReadOnlyList<Bytes32> DealIds)> ReadAsync(
        Address? workerpool, BlockRange blocks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in ReadNoticesAsync(workerpool is { } pool ? [pool] : [], blocks, cancellationToken).ConfigureAwait(false))
            yield return (page.Blocks, NewestFirst(page.Notices));
    }

    /// <summary>The notices of the deals in a range of blocks: of some workerpools, or of all if none is given.</summary>
    /// <returns>The results of each request, with its blocks.</returns>
    public async IAsyncEnumerable<(BlockRange Blocks, IReadOnlyList<DealNotice> Notices)> ReadNoticesAsync(
        IReadOnlyCollection<Address> workerpools, BlockRange blocks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        object?[] topics = workerpools.Count > 0 ? [DealLogCodec.SchedulerNotice, workerpools.Select(DealLogCodec.Indexed)] : [DealLogCodec.SchedulerNotice];
        await foreach (var page in scan.ReadAsync(blocks, topics, cancellationToken).ConfigureAwait(false))
            yield return (page.Blocks, page.Read(log => DealLogCodec.DecodeNotice(log, hub), notice => notice.BlockNumber));
    }

    /// <summary>
    /// The deals in a range of blocks that an account may have paid for. Its transfers to the hub are found by their topics; the notice in the same transaction
    /// names the deal. Other transfers, such as workers' stakes, are in transactions without a notice; a workerpool's stake is in the transaction of a deal that
    /// another account pays for.
    /// </summary>
    public async IAsyncEnumerable<(BlockRange Blocks, IReadOnlyList<Bytes32> DealIds)> ReadPaidAsync(
        Address payer, BlockRange blocks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        object?[] topics = [DealLogCodec.Transfer, DealLogCodec.Indexed(payer), DealLogCodec.Indexed(hub)];
        await foreach (var page in scan.ReadAsync(blocks, topics, cancellationToken).ConfigureAwait(false))
        {
            Bytes32[] transactions = [.. page.Read(log => DealLogCodec.DecodeLock(log, hub), transfer => transfer.BlockNumber).Select(transfer => transfer.TransactionHash).Distinct()];
            yield return (page.Blocks, NewestFirst(await receipts.ReadAsync(transactions, log => DealLogCodec.FindNotice(log, hub), cancellationToken).ConfigureAwait(false)));
        }
    }

    private static IReadOnlyList<Bytes32> NewestFirst(IEnumerable<DealNotice> notices) =>
        [.. notices.OrderByDescending(notice => notice.BlockNumber).ThenByDescending(notice => notice.LogIndex).Select(notice => notice.DealId)];
}
