using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Contracts;
using IExec.Tasks.Transactions;

namespace IExec.Tasks.Claims;

/// <summary>
/// Claims tasks in as few transactions as their gas allows, one after the other: none is sent before the outcome of the previous one is
/// known. Only what the chain confirms is reported as claimed.
/// </summary>
internal sealed class ClaimRun(IExecSession session, ClaimPacker packer, ClaimDiagnosis diagnosis, TransactionSender sender)
{
    private const int MaxTries = 3;
    private int _staleTries;

    /// <summary>Claims the tasks, which passed the checks and the dry run.</summary>
    public async IAsyncEnumerable<ClaimOutcome> RunAsync(IReadOnlyList<ClaimableTask> tasks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var left = tasks.ToList();
        while (left.Count > 0)
        {
            var (outcomes, settled) = await ClaimSomeAsync(left, cancellationToken).ConfigureAwait(false);
            foreach (var outcome in outcomes)
                yield return outcome;
            left = [.. left.Except(settled)];
        }
    }

    /// <summary>Claims as many of the tasks as fit into one transaction.</summary>
    /// <returns>The outcomes, and the tasks that are done. The others are claimed again.</returns>
    private async Task<(IReadOnlyList<ClaimOutcome> Outcomes, IEnumerable<ClaimableTask> Settled)> ClaimSomeAsync(
        List<ClaimableTask> left, CancellationToken cancellationToken)
    {
        ClaimBatch batch;
        try
        {
            batch = await packer.TakeAsync([.. left.Where(task => task.IsInitialized == left[0].IsInitialized)], cancellationToken).ConfigureAwait(false);
            if (batch.GasLimit is null)
                return ([await diagnosis.ExplainAsync(batch.Tasks[0], batch.Refusal, cancellationToken).ConfigureAwait(false)], batch.Tasks);
        }
        catch (IExecException exception)
        {
            return ([Failure(exception, left)], left);
        }

        return await ClaimAsync(batch.Tasks, batch.GasLimit.Value, left, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(IReadOnlyList<ClaimOutcome> Outcomes, IEnumerable<ClaimableTask> Settled)> ClaimAsync(
        IReadOnlyList<ClaimableTask> batch, BigInteger gasLimit, IReadOnlyList<ClaimableTask> left, CancellationToken cancellationToken)
    {
        try
        {
            var receipt = await sender.SendAsync(session.Hub.Address, ClaimCalls.Encode(batch), gasLimit, cancellationToken).ConfigureAwait(false);
            return receipt.Succeeded
                ? ([.. batch.Select(task => Verify(task, receipt))], batch)
                : await DiagnoseRevertAsync(batch, receipt, cancellationToken).ConfigureAwait(false);
        }
        catch (StaleTransactionException exception) when (++_staleTries < MaxTries)
        {
            session.Diagnostics.Verbose($"{exception.Message} Trying again with a new nonce and fee.");
            return ([], []);
        }
        catch (IExecException exception) when (exception.ErrorId == IExecErrorId.ClaimNotConfirmed)
        {
            var untouched = left.Except(batch).ToList();
            var failure = Failure(exception, batch);
            return (untouched.Count == 0 ? [failure] : [failure, Failure(NotSent(untouched.Count), untouched)], left);
        }
        catch (IExecException exception)
        {
            return ([Failure(exception, left)], left);
        }
    }

    /// <summary>A reverted transaction has claimed nothing. If some of its tasks can no longer be claimed, the others still can.</summary>
    private async Task<(IReadOnlyList<ClaimOutcome> Outcomes, IEnumerable<ClaimableTask> Settled)> DiagnoseRevertAsync(
        IReadOnlyList<ClaimableTask> tasks, TransactionReceipt receipt, CancellationToken cancellationToken)
    {
        var failure = $"Transaction {receipt.TransactionHash} was reverted in block {receipt.BlockNumber} after {receipt.GasUsed} gas. Nothing was claimed by it.";
        IReadOnlyList<(ClaimableTask Task, ClaimOutcome Outcome)> refusals;
        try
        {
            refusals = await diagnosis.FindRefusalsAsync(tasks, cancellationToken).ConfigureAwait(false);
        }
        catch (IExecException exception)
        {
            return ([Failure(new IExecException(IExecErrorId.ClaimReverted, $"{failure} {exception.Message}", null, exception), tasks)], tasks);
        }

        if (refusals.Count > 0)
        {
            session.Diagnostics.Verbose($"Transaction {receipt.TransactionHash} was reverted, because {refusals.Count} of its {tasks.Count} tasks cannot be claimed any more.");
            return ([.. refusals.Select(refusal => refusal.Outcome)], refusals.Select(refusal => refusal.Task));
        }

        return ([Failure(new IExecException(IExecErrorId.ClaimReverted, failure), tasks)], tasks);
    }

    private ClaimOutcome Verify(ClaimableTask task, TransactionReceipt receipt) => receipt.Logs.Any(log => ClaimCodec.Verifies(log, session.Hub.Address, task.Id))
        ? ClaimOutcome.Of(new IExecTaskClaim
        {
            TaskId = task.Id.ToString(),
            DealId = task.Deal.Id.ToString(),
            TransactionHash = receipt.TransactionHash.ToString(),
            BlockNumber = (long)receipt.BlockNumber,
            GasUsed = (long)receipt.GasUsed,
            RefundRlc = task.RefundRlc,
            RefundedTo = task.RefundedTo,
            ChainId = session.Connection.ChainId,
        })
        : ClaimOutcome.Of(
            new IExecException(IExecErrorId.ClaimNotConfirmed, $"Transaction {receipt.TransactionHash} succeeded, but the hub emitted no TaskClaimed event for task {task.Id}."), task.Target);

    private static IExecException NotSent(int count) => new(
        IExecErrorId.ClaimNotConfirmed,
        $"{count} more {(count == 1 ? "task was" : "tasks were")} not claimed: nothing is sent after a transaction whose outcome is unknown.",
        "Find out whether that transaction succeeded, then claim again.");

    private static ClaimOutcome Failure(IExecException exception, IEnumerable<ClaimableTask> tasks) => ClaimOutcome.Of(exception, tasks.Select(task => task.Target));
}
