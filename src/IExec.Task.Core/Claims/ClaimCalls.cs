using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transactions;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Claims;

/// <summary>Claims of several tasks in one call: their calldata, a dry run, and the gas estimate. Nothing is sent.</summary>
/// <param name="session">The command's session.</param>
/// <param name="from">The sender; null for anyone, which the hub allows.</param>
internal sealed class ClaimCalls(IExecSession session, Address? from)
{
    /// <summary>The calldata. Either all tasks are initialised, or none.</summary>
    public static byte[] Encode(IReadOnlyList<ClaimableTask> tasks) => tasks[0].IsInitialized
        ? ClaimCodec.Encode([.. tasks.Select(task => task.Id)])
        : ClaimCodec.EncodeUninitialized([.. tasks.Select(task => (task.Deal.Id, task.Task.Index))]);

    /// <summary>Dry run on the latest block.</summary>
    /// <returns>The node's error; null when the call would succeed.</returns>
    /// <exception cref="IExecException">FundsInsufficient, or the node did not execute it.</exception>
    public async Task<RpcException?> TryAsync(IReadOnlyList<ClaimableTask> tasks, CancellationToken cancellationToken)
    {
        var (reply, refusal) = await AskAsync("eth_call", tasks, cancellationToken).ConfigureAwait(false);
        reply?.GetHexBytes(); // throws if the result is not data
        return refusal;
    }

    /// <summary>Estimates the gas on the latest block, as the checks do: by default some nodes use the pending block, whose transactions may never be included.</summary>
    /// <returns>The gas, or why the call would fail: one of the tasks cannot be claimed, or together they need more gas than the node allows.</returns>
    /// <exception cref="IExecException">FundsInsufficient, or the node did not execute it.</exception>
    public async Task<(BigInteger? Gas, RpcException? Refusal)> EstimateGasAsync(IReadOnlyList<ClaimableTask> tasks, CancellationToken cancellationToken)
    {
        var (reply, refusal) = await AskAsync("eth_estimateGas", tasks, cancellationToken).ConfigureAwait(false);
        return (reply?.GetQuantity(), refusal);
    }

    private async Task<(RpcReply? Reply, RpcException? Refusal)> AskAsync(string method, IReadOnlyList<ClaimableTask> tasks, CancellationToken cancellationToken)
    {
        try
        {
            return (await session.Rpc.SendAsync(new RpcRequest(method, Call(tasks), "latest"), cancellationToken).ConfigureAwait(false), null);
        }
        catch (RpcException exception) when (exception.IsRevert || exception.IsTooMuch)
        {
            return (null, exception);
        }
        catch (RpcException exception) when (from is { } account && TransactionRejectionReader.Read(exception) == TransactionRejection.FundsInsufficient)
        {
            throw TransactionDrafts.FundsInsufficient(account, $"The account {account} cannot pay for the claim: {exception.NodeMessage}.", exception);
        }
    }

    private Dictionary<string, object?> Call(IReadOnlyList<ClaimableTask> tasks)
    {
        var call = new Dictionary<string, object?>(StringComparer.Ordinal) { ["to"] = session.Hub.Address, ["data"] = Encode(tasks) };
        if (from is { } sender)
            call.Add("from", sender);
        return call;
    }
}
