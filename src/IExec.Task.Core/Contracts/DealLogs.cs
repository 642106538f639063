using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Contracts;

/// <summary>Finds deals in the hub's log, the newest first.</summary>
internal sealed class DealLogs(JsonRpcClient rpc, Address hub, LogScan scan, ReadSupport support)
{
    private const int ReceiptsPerRequest = 100;

    /// <summary>The deals that were made in blocks: of one workerpool, or of all.</summary>
    /// <returns>What each request told, with the blocks that it was about.</returns>
    public async IAsyncEnumerable<(BlockRange Blocks, IReadOnlyList<Bytes32> DealIds)> ReadAsync(
        Address? workerpool, BlockRange blocks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        object?[] topics = workerpool is { } pool ? [DealLogCodec.SchedulerNotice, DealLogCodec.Indexed(pool)] : [DealLogCodec.SchedulerNotice];
        await foreach (var page in scan.ReadAsync(blocks, topics, cancellationToken).ConfigureAwait(false))
            yield return (page.Blocks, NewestFirst(Read(page, log => DealLogCodec.DecodeNotice(log, hub), notice => notice.BlockNumber)));
    }

    /// <summary>
    /// The deals that an account may have paid for in blocks. Its transfers to the hub are found by their topics; the deal is named by the notice in the same
    /// transaction. A transfer that pays for something else, as workers' stakes, is in a transaction without a notice, and a workerpool's own stake is in one of
    /// a deal that another pays for.
    /// </summary>
    public async IAsyncEnumerable<(BlockRange Blocks, IReadOnlyList<Bytes32> DealIds)> ReadPaidAsync(
        Address payer, BlockRange blocks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        object?[] topics = [DealLogCodec.Transfer, DealLogCodec.Indexed(payer), DealLogCodec.Indexed(hub)];
        await foreach (var page in scan.ReadAsync(blocks, topics, cancellationToken).ConfigureAwait(false))
        {
            Bytes32[] transactions = [.. Read(page, log => DealLogCodec.DecodeLock(log, hub), transfer => transfer.BlockNumber).Select(transfer => transfer.TransactionHash).Distinct()];
            var notices = new List<DealNotice>();
            for (var start = 0; start < transactions.Length; start += ReceiptsPerRequest)
                notices.AddRange(await ReadNoticesAsync([.. transactions.Skip(start).Take(ReceiptsPerRequest)], cancellationToken).ConfigureAwait(false));
            yield return (page.Blocks, NewestFirst(notices));
        }
    }

    private static IReadOnlyList<Bytes32> NewestFirst(IEnumerable<DealNotice> notices) =>
        [.. notices.OrderByDescending(notice => notice.BlockNumber).ThenByDescending(notice => notice.LogIndex).Select(notice => notice.DealId)];

    private static T[] Read<T>(LogPage page, Func<JsonElement, T> decode, Func<T, long> blockOf)
    {
        try
        {
            T[] read = [.. page.Logs.Select(decode)];
            return Array.TrueForAll(read, item => page.Blocks.Contains(blockOf(item))) ? read : throw new AbiFormatException("it holds an event of a block that was not asked for.");
        }
        catch (AbiFormatException exception)
        {
            throw Unreadable("eth_getLogs", exception);
        }
    }

    private static IExecException Unreadable(string method, AbiFormatException exception) =>
        new(IExecErrorId.RpcError, $"The RPC node's answer to {method} cannot be read: {exception.Message}", null, exception);

    private async Task<IEnumerable<DealNotice>> ReadNoticesAsync(Bytes32[] transactions, CancellationToken cancellationToken)
    {
        RpcRequest[] requests = [.. transactions.Select(TransactionReceipt.Get)];
        var replies = await SendAsync(requests, cancellationToken).ConfigureAwait(false);
        return replies.SelectMany((reply, i) => ReadNotices(reply, transactions[i]));
    }

    private async Task<IReadOnlyList<RpcReply>> SendAsync(RpcRequest[] requests, CancellationToken cancellationToken)
    {
        if (requests.Length > 1 && support.TakesBatches)
        {
            try
            {
                return await rpc.SendBatchAsync(requests, cancellationToken).ConfigureAwait(false);
            }
            catch (RpcException exception) when (exception.IsBatchRefusal || exception.IsTooLong)
            {
                support.TakesBatches = false;
            }
        }

        var replies = new List<RpcReply>();
        foreach (var request in requests)
            replies.Add(await rpc.SendAsync(request, cancellationToken).ConfigureAwait(false));
        return replies;
    }

    private IEnumerable<DealNotice> ReadNotices(RpcReply reply, Bytes32 transaction)
    {
        // A block that is no longer part of the chain takes its transactions along.
        if (TransactionReceipt.Read(reply, transaction) is null)
            return [];
        try
        {
            return [.. reply.GetJson().GetProperty("logs").EnumerateArray().Select(log => DealLogCodec.FindNotice(log, hub)).OfType<DealNotice>()];
        }
        catch (AbiFormatException exception)
        {
            throw Unreadable("eth_getTransactionReceipt", exception);
        }
    }
}
