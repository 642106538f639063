using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transactions;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Claims;

/// <summary>
/// Finds an account's pending claims, such as those of a command that was stopped. A second claim of the same task would be reverted once the
/// first is in a block, and would cost its gas.
/// </summary>
internal sealed class PendingClaims(IExecSession session, Address account)
{
    /// <summary>Finds the tasks that a pending transaction of the account already claims.</summary>
    /// <returns>The tasks, and their outcomes.</returns>
    /// <exception cref="IExecException">The node failed.</exception>
    public async Task<(IReadOnlyList<ClaimableTask> Tasks, IReadOnlyList<ClaimOutcome> Failures)> FindAsync(
        IReadOnlyList<ClaimableTask> tasks, CancellationToken cancellationToken)
    {
        var (found, failures) = (new List<ClaimableTask>(), new List<ClaimOutcome>());
        foreach (var transaction in await ReadWaitingAsync(cancellationToken).ConfigureAwait(false))
        {
            if (ClaimCall.Read(transaction, session.Hub.Address) is not { } call)
                continue;
            var claimed = tasks.Except(found).Where(call.Claims).ToList();
            if (claimed.Count == 0)
                continue;
            found.AddRange(claimed);
            failures.Add(ClaimOutcome.Of(ClaimedBy(transaction, claimed), claimed.Select(task => task.Target)));
        }

        return (found, failures);
    }

    private async Task<IReadOnlyList<KnownTransaction>> ReadWaitingAsync(CancellationToken cancellationToken)
    {
        var next = await CountAsync("latest", cancellationToken).ConfigureAwait(false);
        var waiting = await CountAsync("pending", cancellationToken).ConfigureAwait(false) - next;
        if (waiting <= 0)
            return [];

        var transactions = (await ReadPendingBlockAsync(cancellationToken).ConfigureAwait(false))
            .Where(transaction => transaction.From == account && transaction.Nonce >= next).ToList();
        if (transactions.Count < waiting)
        {
            await session.Diagnostics.WarnAsync(
                $"{waiting} {(waiting == 1 ? $"transaction of {account} is" : $"transactions of {account} are")} pending, and the node shows {transactions.Count} of them. If another one claims the same tasks, this claim is reverted and costs its gas.").ConfigureAwait(false);
        }

        return transactions;
    }

    private async Task<BigInteger> CountAsync(string block, CancellationToken cancellationToken) =>
        (await session.Rpc.SendAsync(new RpcRequest("eth_getTransactionCount", account, block), cancellationToken).ConfigureAwait(false)).GetQuantity();

    /// <summary>Not every node has a pending block.</summary>
    private async Task<IReadOnlyList<KnownTransaction>> ReadPendingBlockAsync(CancellationToken cancellationToken)
    {
        try
        {
            return BlockTransactions.ReadPending(await session.Rpc.SendAsync(BlockTransactions.GetPending, cancellationToken).ConfigureAwait(false));
        }
        catch (IExecException exception) when (exception.ErrorId == IExecErrorId.RpcError)
        {
            session.Diagnostics.Verbose(exception.Message);
            return [];
        }
    }

    private IExecException ClaimedBy(KnownTransaction transaction, List<ClaimableTask> tasks) => new(
        IExecErrorId.ClaimNotConfirmed,
        $"Transaction {transaction.Hash} of {account} claims {(tasks.Count == 1 ? $"task {tasks[0].Id}" : $"{tasks.Count} of the tasks")} already, and is pending. Nothing was sent for {(tasks.Count == 1 ? "it" : "them")}.",
        "Wait for that transaction, then look at the task with Get-IExecTask. If it stays pending, send it again from your wallet with a higher fee and the same nonce.");
}
