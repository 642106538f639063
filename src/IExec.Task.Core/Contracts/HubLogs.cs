using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Contracts;

/// <summary>Reads what the hub's log says of tasks. Nodes limit both the blocks and the topics of one request; the first is learned by asking.</summary>
internal sealed class HubLogs(JsonRpcClient rpc, Address hub)
{
    /// <summary>geth takes 1,000 alternatives for a topic.</summary>
    private const int TasksPerRequest = 500;

    private const int FewestBlocks = 8;

    /// <summary>Who has missed more than so many requests can tell is better served with the state alone.</summary>
    private const int MostRequests = 50;

    private long _blocksPerRequest = 2000;

    /// <summary>The filter for every task event of the hub: for <c>eth_getLogs</c> and <c>eth_subscribe</c>.</summary>
    public static Dictionary<string, object?> Filter(Address hub) => new(StringComparer.Ordinal) { ["address"] = hub, ["topics"] = new object[] { TaskEventCodec.Topics } };

    /// <summary>Reads the events of tasks in blocks, in the chain's order.</summary>
    /// <exception cref="IExecException">
    /// RpcUnavailable, RateLimited; RpcError when the node does not give the logs, gives something else, or would have to be asked too often.
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
                if (++requests > MostRequests)
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
