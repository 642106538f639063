using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Contracts;

/// <summary>Reads the events of tasks from the hub's log. Nodes limit the blocks and the topics of a request; the limit of blocks is found by trying.</summary>
internal sealed class HubLogs(JsonRpcClient rpc, Address hub)
{
    /// <summary>geth allows 1,000 alternatives for a topic.</summary>
    private const int TasksPerRequest = 500;

    private const int FewestBlocks = 8;

    /// <summary>With more requests than this, the tasks' states alone are the better source.</summary>
    private const int MaxRequests = 50;

    private long _blocksPerRequest = 2000;

    /// <summary>The filter for every task event of the hub: for <c>eth_getLogs</c> and <c>eth_subscribe</c>.</summary>
    public static Dictionary<string, object?> Filter(Address hub) => new(StringComparer.Ordinal) { ["address"] = hub, ["topics"] = new object[] { TaskEventCodec.Topics } };

    /// <summary>Reads the events of tasks in blocks, in the chain's order.</summary>
    /// <exception cref="IExecException">
    /// RpcUnavailable, RateLimited; RpcError when the node does not return the logs, returns something else, or too many requests would be needed.
    /// </exception>
    public async Task<IReadOnlyList<TaskEvent>> ReadAsync(IReadOnlyList<Bytes32> taskIds, long firstBlock, long lastBlock, CancellationToken cancellationToken)
    {
        var logs = new List<TaskEvent>();
        var requests = 0;
        for (var start = 0; start < taskIds.Count; start += TasksPerRequest)
        {
            var asked = new HashSet<Bytes32>(taskIds.Skip(start).Take(TasksPerRequest));
            for (var from = firstBlock; from <= lastBlock;)
            {
                if (++requests > MaxRequests)
                    throw new IExecException(IExecErrorId.RpcError, $"Blocks {firstBlock} to {lastBlock} are too many to read the logs of.");
                var to = Math.Min(lastBlock, from + _blocksPerRequest - 1);
                try
                {
                    logs.AddRange(await ReadRangeAsync(asked, from, to, cancellationToken).ConfigureAwait(false));
                    from = to + 1;
                }
                catch (RpcException) when (to - from >= FewestBlocks)
                {
                    _blocksPerRequest = (to - from + 1) / 2;
                }
            }
        }

        return [.. logs.OrderBy(log => log.BlockNumber).ThenBy(log => log.LogIndex)];
    }

    private async Task<IEnumerable<TaskEvent>> ReadRangeAsync(HashSet<Bytes32> taskIds, long from, long to, CancellationToken cancellationToken)
    {
        var filter = Filter(hub);
        filter["topics"] = new object[] { TaskEventCodec.Topics, taskIds };
        filter["fromBlock"] = (ulong)from;
        filter["toBlock"] = (ulong)to;
        var reply = await rpc.SendAsync(new RpcRequest("eth_getLogs", filter), cancellationToken).ConfigureAwait(false);
        var logs = reply.GetJson();
        if (logs.ValueKind != JsonValueKind.Array)
            throw new IExecException(IExecErrorId.RpcError, "The RPC node's answer to eth_getLogs is not a list.");
        return new LogPage(new BlockRange(from, to), [.. logs.EnumerateArray()]).Read(log => TaskEventCodec.Decode(log, hub, taskIds), log => log.BlockNumber);
    }
}
