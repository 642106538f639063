using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Contracts;

/// <summary>
/// Reads contracts, many calls at once: through Multicall3 where the chain has it, else in JSON-RPC batches, else one by one.
/// Each answer comes with its block's time. The order of the answers is that of the calls.
/// </summary>
internal sealed class ContractReader(JsonRpcClient rpc, ReadSupport support, IDiagnostics diagnostics, BlockHeader? block = null)
{
    /// <summary>500 reads of a task cost about 25 million gas; many nodes allow 50 million per call.</summary>
    private const int CallsPerRequest = 500;

    /// <summary>Repeated reads use few requests instead of parallel ones.</summary>
    private const int ChunksTogether = 2;

    private const int RequestsAtOnce = 4;
    private const int SingleCallsAtOnce = 8;

    /// <summary>Multicall3's <c>getCurrentBlockTimestamp()</c>. Its block number would be the parent chain's on Arbitrum.</summary>
    private static readonly ContractCall GetCurrentBlockTimestamp = new(Multicall3.ContractAddress, new byte[] { 0x0f, 0x28, 0xc9, 0x7d });

    /// <summary>A reader of the state after this block, for as long as nodes keep it.</summary>
    public ContractReader At(BlockHeader at) => new(rpc, support, diagnostics, at);

    /// <summary>Makes the calls and decodes each result.</summary>
    /// <exception cref="IExecException">RpcUnavailable, RateLimited, RpcError; and whatever <paramref name="read"/> throws.</exception>
    public async Task<T[]> ReadAsync<T>(IReadOnlyList<ContractCall> calls, ContractAnswerReader<T> read, CancellationToken cancellationToken)
    {
        var answers = new T[calls.Count];
        var size = block is not null && support is { HasMulticall3: true, TakesAggregatesTogether: true } ? ChunksTogether * CallsPerRequest : CallsPerRequest;
        if (calls.Count <= size && calls.Count > 0)
            await ReadRangeAsync(calls, 0, calls.Count, answers, read, cancellationToken).ConfigureAwait(false);
        else
            await AtOnceAsync(RequestsAtOnce, Ranges(0, calls.Count, size), range => ReadRangeAsync(calls, range.Start, range.Count, answers, read, cancellationToken)).ConfigureAwait(false);
        return answers;
    }

    private static IEnumerable<(int Start, int Count)> Ranges(int first, int count, int size)
    {
        for (var start = first; start < first + count; start += size)
            yield return (start, Math.Min(size, first + count - start));
    }

    private async Task ReadRangeAsync<T>(
        IReadOnlyList<ContractCall> calls, int start, int count, T[] answers, ContractAnswerReader<T> read, CancellationToken cancellationToken)
    {
        if (count > CallsPerRequest)
        {
            await ReadTogetherAsync(calls, start, count, answers, read, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (support.HasMulticall3 && await TryAggregateAsync(calls, start, count, answers, read, cancellationToken).ConfigureAwait(false))
            return;
        if (support.TakesBatches && await TryBatchAsync(calls, start, count, answers, read, cancellationToken).ConfigureAwait(false))
            return;
        await ReadSinglyAsync(calls, start, count, answers, read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads several chunks in one JSON-RPC batch, and then one by one those that failed in it.</summary>
    private async Task ReadTogetherAsync<T>(
        IReadOnlyList<ContractCall> calls, int start, int count, T[] answers, ContractAnswerReader<T> read, CancellationToken cancellationToken)
    {
        var chunks = Ranges(start, count, CallsPerRequest).ToList();
        var replies = new RpcReply?[chunks.Count];
        try
        {
            replies = await rpc.SendBatchAsync([.. chunks.Select(chunk => Aggregate(calls, chunk.Start, chunk.Count))], cancellationToken).ConfigureAwait(false);
        }
        catch (IExecException exception) when (RpcFailures.IsBatchRefusal(exception))
        {
            diagnostics.Verbose($"The node does not take {chunks.Count} large calls in a JSON-RPC batch; sending them one by one: {exception.Message}");
        }
        catch (IExecException)
        {
            support.FailedTogether(forGood: false);
            throw;
        }

        byte[][] aggregates = [.. replies.Select(reply => reply is { Error: null } ? reply.GetHexBytes() : [])];
        if (Array.TrueForAll(aggregates, aggregate => aggregate.Length > 0))
            support.SucceededTogether();
        else
            support.FailedTogether(forGood: true);
        foreach (var (aggregate, (first, size)) in aggregates.Zip(chunks, (aggregate, chunk) => (aggregate, chunk)))
        {
            if (aggregate.Length > 0)
                ReadAggregate(aggregate, first, size, answers, read);
            else
                await ReadRangeAsync(calls, first, size, answers, read, cancellationToken).ConfigureAwait(false);
        }
    }

    private RpcRequest Aggregate(IReadOnlyList<ContractCall> calls, int start, int count) => RpcRequest.Call(
        Multicall3.ContractAddress, Multicall3.Encode([GetCurrentBlockTimestamp, .. calls.Skip(start).Take(count)]), block?.Number);

    private async Task<bool> TryAggregateAsync<T>(
        IReadOnlyList<ContractCall> calls, int start, int count, T[] answers, ContractAnswerReader<T> read, CancellationToken cancellationToken)
    {
        byte[] aggregate;
        try
        {
            var reply = await rpc.SendAsync(Aggregate(calls, start, count), cancellationToken).ConfigureAwait(false);
            aggregate = reply.GetHexBytes();
        }
        catch (RpcException exception) when (count > 1 && exception.IsTooMuch)
        {
            await ReadHalvesAsync(calls, start, count, answers, read, exception, cancellationToken).ConfigureAwait(false);
            return true;
        }

        catch (RpcException exception) when (exception.IsTooLong)
        {
            return false;
        }

        if (aggregate.Length == 0)
        {
            diagnostics.Verbose("This chain has no Multicall3; reading in JSON-RPC batches.");
            support.HasMulticall3 = false;
            return false;
        }

        ReadAggregate(aggregate, start, count, answers, read);
        return true;
    }

    private async Task ReadHalvesAsync<T>(
        IReadOnlyList<ContractCall> calls, int start, int count, T[] answers, ContractAnswerReader<T> read, RpcException reason, CancellationToken cancellationToken)
    {
        diagnostics.Verbose($"The node does not {(reason.IsTooLong ? "take as long a request as" : "give enough gas for")} {count} reads at once; halving them.");
        await ReadRangeAsync(calls, start, count / 2, answers, read, cancellationToken).ConfigureAwait(false);
        await ReadRangeAsync(calls, start + (count / 2), count - (count / 2), answers, read, cancellationToken).ConfigureAwait(false);
    }

    private void ReadAggregate<T>(byte[] aggregate, int start, int count, T[] answers, ContractAnswerReader<T> read)
    {
        try
        {
            var results = new Multicall3Results(aggregate, count + 1);
            results.Read(out var clock);
            var blockTimestamp = new AbiReader(clock).ReadUnixTime();
            diagnostics.SeeBlock(blockTimestamp, block?.Number);
            for (var i = start; i < start + count; i++)
            {
                var succeeded = results.Read(out var data);
                answers[i] = read(new ContractAnswer(i, succeeded, data, blockTimestamp));
            }
        }
        catch (AbiFormatException exception)
        {
            throw new IExecException(IExecErrorId.RpcError, $"The node's answer for {count} reads is malformed: {exception.Message}", null, exception);
        }
    }

    private async Task<bool> TryBatchAsync<T>(
        IReadOnlyList<ContractCall> calls, int start, int count, T[] answers, ContractAnswerReader<T> read, CancellationToken cancellationToken)
    {
        RpcReply[] replies;
        try
        {
            replies = await rpc.SendBatchAsync([BlockHeader.GetLatest, .. calls.Skip(start).Take(count).Select(Request)], cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException exception) when (count > 1 && exception.IsTooLong)
        {
            await ReadHalvesAsync(calls, start, count, answers, read, exception, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (RpcException exception) when (exception.IsBatchRefusal || exception.IsTooLong)
        {
            diagnostics.Verbose("The node does not take JSON-RPC batches; reading one by one.");
            support.TakesBatches = false;
            return false;
        }

        var header = block ?? BlockHeader.Read(replies[0]);
        diagnostics.SeeBlock(header.Timestamp, header.Number);
        for (var i = 0; i < count; i++)
            answers[start + i] = Read(start + i, replies[i + 1], header.Timestamp, read);
        return true;
    }

    private async Task ReadSinglyAsync<T>(
        IReadOnlyList<ContractCall> calls, int start, int count, T[] answers, ContractAnswerReader<T> read, CancellationToken cancellationToken)
    {
        var header = block ?? BlockHeader.Read(await rpc.SendAsync(BlockHeader.GetLatest, cancellationToken).ConfigureAwait(false));
        diagnostics.SeeBlock(header.Timestamp, header.Number);
        await AtOnceAsync(SingleCallsAtOnce, Enumerable.Range(start, count), async i =>
        {
            RpcReply reply;
            try
            {
                reply = await rpc.SendAsync(Request(calls[i]), cancellationToken).ConfigureAwait(false);
            }
            catch (RpcException exception) when (exception.IsRevert)
            {
                reply = new RpcReply("eth_call", exception);
            }

            answers[i] = Read(i, reply, header.Timestamp, read);
        }).ConfigureAwait(false);
    }

    private RpcRequest Request(ContractCall call) => RpcRequest.Call(call.Target, call.Data, block?.Number);

    private static T Read<T>(int index, RpcReply reply, DateTimeOffset blockTimestamp, ContractAnswerReader<T> read) =>
        read(reply.Error is { IsRevert: true } ? new ContractAnswer(index, false, [], blockTimestamp) : new ContractAnswer(index, true, reply.GetHexBytes(), blockTimestamp));

    /// <summary>Runs the work for all items, with limited parallelism, and throws when one of them throws.</summary>
    private static async Task AtOnceAsync<TItem>(int limit, IEnumerable<TItem> items, Func<TItem, Task> work)
    {
        var running = new List<Task>();
        foreach (var item in items)
        {
            if (running.Count == limit)
            {
                var finished = await Task.WhenAny(running).ConfigureAwait(false);
                running.Remove(finished);
                await finished.ConfigureAwait(false);
            }

            running.Add(work(item));
        }

        await Task.WhenAll(running).ConfigureAwait(false);
    }
}
