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

/// <summary>Follows a transaction from the moment that a node may have it: until it is deep enough in the chain, can never get there, or the patience ends.</summary>
/// <param name="session">The command's session.</param>
/// <param name="confirmations">How many blocks deep it must be; its own block is the first.</param>
/// <param name="patience">How long it may take.</param>
/// <param name="progress">Hears where it stands.</param>
internal sealed class TransactionTracker(IExecSession session, int confirmations, TimeSpan patience, IProgress<string> progress)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Waits for the outcome.</summary>
    /// <param name="account">The sender.</param>
    /// <param name="outgoing">The transaction.</param>
    /// <param name="sinceBlock">The last block that cannot hold it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
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
            if (clock.Elapsed >= patience)
                throw NotConfirmed($"Transaction {search} was not confirmed within {patience.TotalSeconds:0.#} s; {standing.TrimEnd('.')}.");
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
