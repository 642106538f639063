using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Contracts;

/// <summary>Sends many requests, a hundred per JSON-RPC batch, or one by one to a node that does not accept batches.</summary>
internal sealed class RpcBatches(JsonRpcClient rpc, ReadSupport support)
{
    private const int RequestsPerBatch = 100;

    /// <summary>Sends the requests, and returns their replies in the same order. A single reply may be an error.</summary>
    /// <exception cref="IExecException">RpcError, RpcUnavailable, RateLimited.</exception>
    public async Task<IReadOnlyList<RpcReply>> SendAsync(IReadOnlyList<RpcRequest> requests, CancellationToken cancellationToken)
    {
        var replies = new List<RpcReply>();
        for (var start = 0; start < requests.Count; start += RequestsPerBatch)
            replies.AddRange(await SendTogetherAsync([.. requests.Skip(start).Take(RequestsPerBatch)], cancellationToken).ConfigureAwait(false));
        return replies;
    }

    private async Task<IReadOnlyList<RpcReply>> SendTogetherAsync(RpcRequest[] requests, CancellationToken cancellationToken)
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
}
