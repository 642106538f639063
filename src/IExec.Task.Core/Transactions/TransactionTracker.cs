using System;
using System.Diagnostics;
using System.Numerics;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Transactions;

/// <summary>Waits for a transaction that a node may have: until it has enough confirmations, can never be included, or the timeout has passed.</summary>
/// <param name="session">The command's session.</param>
/// <param name="confirmations">How many confirmations it needs; its own block is the first.</param>
/// <param name="timeout">The maximum wait.</param>
/// <param name="progress">Receives its status.</param>
internal sealed class TransactionTracker(IExecSession session, int confirmations, TimeSpan timeout, IProgress<string> progress)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Waits for the outcome.</summary>
    /// <param name="account">The sender.</param>
    /// <param name="outgoing">The transaction.</param>
    /// <param name="sinceBlock">The last block before it was sent.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="IExecException">ClaimNotConfirmed.</exception>
    public async Task<TransactionReceipt> WaitAsync(Address account, OutgoingTransaction outgoing, BigInteger sinceBlock, CancellationToken cancellationToken)
    {
        var search = new TransactionSearch(session, account, outgoing, sinceBlock);
        var clock = Stopwatch.StartNew();
        for (var pause = FirstPause; ; pause = pause + pause < LongestPause ? pause + pause : LongestPause)
        {
            string standing;
            try
            {
                if (await search.FindReceiptAsync(cancellationToken).ConfigureAwait(false) is not { } receipt)
                    standing = search.Standing;
                else if (await CountConfirmationsAsync(receipt, cancellationToken).ConfigureAwait(false) is var count && count >= confirmations)
                    return receipt;
                else
                    standing = $"it is in block {receipt.BlockNumber}, with {count} of {confirmations} confirmations";
            }
            catch (IExecException exception) when (exception.ErrorId != IExecErrorId.ClaimNotConfirmed)
            {
                standing = $"its status could not be read: {exception.Message}";
                session.Diagnostics.Verbose($"{exception.Message} Still waiting for transaction {search}.");
            }

            progress.Report($"Transaction {search}: {standing}");
            if (clock.Elapsed >= timeout)
                throw NotConfirmed($"Transaction {search} was not confirmed within {timeout.TotalSeconds:0.#} s; {standing.TrimEnd('.')}.");
            await Task.Delay(pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<BigInteger> CountConfirmationsAsync(TransactionReceipt receipt, CancellationToken cancellationToken)
    {
        if (confirmations == 1)
            return BigInteger.One;
        var latest = (await session.Rpc.SendAsync(new RpcRequest("eth_blockNumber"), cancellationToken).ConfigureAwait(false)).GetQuantity();
        return latest - receipt.BlockNumber + 1;
    }

    private static IExecException NotConfirmed(string message) => new(IExecErrorId.ClaimNotConfirmed, message);
}
