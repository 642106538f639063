using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Http;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Contracts;

/// <summary>Reads the hub's events of any number of blocks, the newest first, with as many blocks per request as the node allows.</summary>
/// <param name="rpc">The node.</param>
/// <param name="hub">The hub.</param>
/// <param name="widthOf">Gets the node's limit, by its name.</param>
/// <param name="diagnostics">Receives a message for each refusal.</param>
internal sealed class LogScan(JsonRpcClient rpc, Address hub, Func<string, LogWidth> widthOf, IDiagnostics diagnostics)
{
    /// <summary>How often in a row a node may fail, where a smaller request may succeed, before it counts as unavailable.</summary>
    private const int MaxFailures = 3;

    /// <summary>The divisor after a failure that took long, such as a timeout: larger than after a refusal, to need few tries.</summary>
    private const int DivisorAfterFailure = 16;

    /// <summary>Reads the events with these topics.</summary>
    /// <param name="blocks">The blocks.</param>
    /// <param name="topics">The topics for <c>eth_getLogs</c>.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="IExecException">RpcError: the node does not return the events of a block, or returns something else; RpcUnavailable, RateLimited.</exception>
    public async IAsyncEnumerable<LogPage> ReadAsync(BlockRange blocks, object?[] topics, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var failures = 0;
        while (blocks.Count > 0)
        {
            var width = widthOf(rpc.Node);
            var part = blocks.Newest(width.Blocks);
            LogPage page;
            try
            {
                page = new LogPage(part, await ReadPartAsync(part, topics, cancellationToken).ConfigureAwait(false));
                width.Took(part.Count);
                failures = 0;
            }
            catch (RpcException exception) when (exception.MayTakeFewerBlocks)
            {
                if (part.Count == 1)
                    throw NotGiven(part.Last, exception);
                width.Refused(part.Count);
                diagnostics.Verbose($"The node does not return the events of {part.Count} blocks at once; asking for {width.Blocks}: {exception.Message}");
                continue;
            }
            catch (IExecException exception) when (part.Count > 1 && MaySucceedWithLess(exception) && ++failures <= MaxFailures)
            {
                width.Refused(part.Count, DivisorAfterFailure);
                diagnostics.Verbose($"The node failed to return the events of {part.Count} blocks; asking for {width.Blocks}: {exception.Message}");
                continue;
            }

            yield return page;
            blocks = blocks with { Last = part.First - 1 };
        }
    }

    private static IExecException NotGiven(long block, RpcException exception) => new(
        IExecErrorId.RpcError,
        $"The RPC node does not return the hub's events of block {block}: {exception.NodeMessage} (code {exception.Code}). Earlier blocks were not searched.",
        "Use a node that keeps the events of all blocks (Connect-IExec -RpcUrl). Find-IExecDeal and Find-IExecTask can also search from a later time on, with -Since.",
        exception);

    /// <summary>Whether the node may have failed because of the size of the request: a timeout, or a response that is too large.</summary>
    private static bool MaySucceedWithLess(IExecException exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpFailureException { Kind: HttpFailureKind.TimedOut or HttpFailureKind.TooLarge or HttpFailureKind.Status, IsRateLimit: false } or TimeoutException)
                return true;
        }

        return false;
    }

    private async Task<IReadOnlyList<JsonElement>> ReadPartAsync(BlockRange part, object?[] topics, CancellationToken cancellationToken)
    {
        var filter = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["address"] = hub,
            ["topics"] = topics,
            ["fromBlock"] = (ulong)part.First,
            ["toBlock"] = (ulong)part.Last,
        };
        var reply = await rpc.SendAsync(new RpcRequest("eth_getLogs", filter), cancellationToken).ConfigureAwait(false);
        var logs = reply.GetJson();
        return logs.ValueKind == JsonValueKind.Array
            ? [.. logs.EnumerateArray()]
            : throw new IExecException(IExecErrorId.RpcError, "The RPC node's answer to eth_getLogs is not a list.");
    }
}
