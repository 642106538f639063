using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Tasks;
using IExec.Tasks.Transactions;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Claims;

/// <summary>Explains from the chain's state why a task that passed the checks cannot be claimed: usually because someone else claimed it first.</summary>
/// <param name="session">The command's session.</param>
/// <param name="reader">The command's reader.</param>
/// <param name="sinceBlock">The block at which the tasks were checked.</param>
internal sealed class ClaimDiagnosis(IExecSession session, TaskReader reader, BigInteger sinceBlock)
{
    /// <summary>Finds out what happened to a task whose claim the hub reverts.</summary>
    /// <param name="task">The task.</param>
    /// <param name="refusal">The node's error, if there is one.</param>
    /// <param name="cancellationToken">Cancels the reads.</param>
    public async Task<ClaimOutcome> ExplainAsync(ClaimableTask task, RpcException? refusal, CancellationToken cancellationToken)
    {
        if (await FindRefusalsAsync([task], cancellationToken).ConfigureAwait(false) is [var (_, outcome)])
            return outcome;
        return ClaimOutcome.Of(refusal is { IsRevert: false } ? refusal : Refused(task, refusal), task.Target);
    }

    /// <summary>The error for a claim that the hub reverts although the task's state allows it.</summary>
    public static IExecException Refused(ClaimableTask task, RpcException? refusal) => new(
        IExecErrorId.ClaimReverted,
        $"The hub refuses the claim of task {task.Id}, although the task is open and its final deadline has passed. Nothing was sent.",
        "Check that the connection's hub is the right one (Get-IExecConnection); -Debug shows the exchange.",
        refusal);

    /// <summary>The tasks whose state no longer allows a claim, and why.</summary>
    public async Task<IReadOnlyList<(ClaimableTask Task, ClaimOutcome Outcome)>> FindRefusalsAsync(IReadOnlyList<ClaimableTask> tasks, CancellationToken cancellationToken)
    {
        var states = await reader.ReadAsync([.. tasks.Select(task => task.Target)], cancellationToken).ConfigureAwait(false);
        var refusals = new List<(ClaimableTask, ClaimOutcome)>();
        for (var i = 0; i < states.Length; i++)
        {
            if (states[i].Value is { OnChainStatus: IExecTaskStatus.Failed })
                refusals.Add((tasks[i], await DescribeLossAsync(tasks[i], cancellationToken).ConfigureAwait(false)));
            else if ((states[i].Failure ?? ClaimChecker.Refuse(states[i].Require())) is { } refusal)
                refusals.Add((tasks[i], ClaimOutcome.Of(refusal, tasks[i].Target)));
        }

        return refusals;
    }

    private async Task<ClaimOutcome> DescribeLossAsync(ClaimableTask task, CancellationToken cancellationToken)
    {
        var by = await FindClaimantAsync(task.Id, cancellationToken).ConfigureAwait(false);
        return ClaimOutcome.Of($"Task {task.Id} was claimed in the meantime by {by}. Its {Rlc.Text(task.RefundRlc)} went back to {task.RefundedTo}; there is nothing left to do.");
    }

    private async Task<string> FindClaimantAsync(Bytes32 taskId, CancellationToken cancellationToken)
    {
        const string Unknown = "another wallet";
        try
        {
            var filter = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["address"] = session.Hub.Address,
                ["fromBlock"] = sinceBlock,
                ["toBlock"] = "latest",
                ["topics"] = new object[] { ClaimCodec.TaskClaimed, taskId },
            };
            var logs = (await session.Rpc.SendAsync(new RpcRequest("eth_getLogs", filter), cancellationToken).ConfigureAwait(false)).GetJson();
            if (logs.ValueKind != JsonValueKind.Array || logs.EnumerateArray().Select(EventLog.Read).FirstOrDefault(IsTheClaim) is not { TransactionHash: { } hash })
                return Unknown;
            var transaction = KnownTransaction.Read(await session.Rpc.SendAsync(KnownTransaction.Get(hash), cancellationToken).ConfigureAwait(false), hash);
            return transaction is null ? $"{Unknown} (transaction {hash})" : $"{transaction.From} (transaction {hash})";
        }
        catch (IExecException exception) when (exception.ErrorId == IExecErrorId.RpcError)
        {
            return Unknown; // some nodes do not serve logs, and the claimant is optional information
        }

        bool IsTheClaim(EventLog? log) => log is not null && ClaimCodec.Verifies(log, session.Hub.Address, taskId);
    }
}
