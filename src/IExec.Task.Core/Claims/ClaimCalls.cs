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

/// <summary>The hub's claims of several tasks in one call: what they say, whether they would work, and what gas they would use. Nothing is sent.</summary>
/// <param name="session">The command's session.</param>
/// <param name="from">Who would claim; null for anyone, which the hub allows.</param>
internal sealed class ClaimCalls(IExecSession session, Address? from)
{
    /// <summary>The calldata. The tasks are either all initialised or none is.</summary>
    public static byte[] Encode(IReadOnlyList<ClaimableTask> tasks) => tasks[0].IsInitialized
        ? ClaimCodec.Encode([.. tasks.Select(task => task.Id)])
        : ClaimCodec.EncodeUninitialized([.. tasks.Select(task => (task.Deal.Id, task.Task.Index))]);

    /// <summary>Tries the call on the latest block.</summary>
    /// <returns>What the node says against it; null when it would work.</returns>
    /// <exception cref="IExecException">FundsInsufficient, or the node did not try it.</exception>
    public async Task<RpcException?> TryAsync(IReadOnlyList<ClaimableTask> tasks, CancellationToken cancellationToken)
    {
        var (reply, refusal) = await AskAsync("eth_call", tasks, cancellationToken).ConfigureAwait(false);
        reply?.GetHexBytes(); // an answer that is no data says nothing
        return refusal;
    }

    /// <summary>Estimates the gas on the latest block, which the checks saw too: some nodes would go by transactions that still wait, and those may never count.</summary>
    /// <returns>The gas, or why the call would not work: one of the tasks cannot be claimed, or all together need more gas than the node gives.</returns>
    /// <exception cref="IExecException">FundsInsufficient, or the node did not try it.</exception>
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
