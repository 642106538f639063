using System;
using System.Numerics;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Transactions;

/// <summary>
/// Sends one transaction and waits for its outcome. Even if responses are lost, it is one transaction: it keeps its nonce, and is
/// sent again with the same bytes. The user is warned before it is sent, and again if the wait ends early.
/// </summary>
internal sealed class TransactionSender(IExecSession session, ITransactionAccount account, FeeReader fees, CostLimit limit, TransactionTracker tracker)
{
    private readonly TransactionDrafts _drafts = new(session, account.Address, fees);

    /// <summary>Sends a call of a contract.</summary>
    /// <returns>The receipt, with the required confirmations; also that of a reverted transaction.</returns>
    /// <exception cref="StaleTransactionException">Nothing was sent; it may be prepared again.</exception>
    /// <exception cref="IExecException">
    /// Nothing was sent: FeeTooHigh, FundsInsufficient, RpcError, RpcUnavailable, RateLimited. It was or may have been sent: ClaimNotConfirmed.
    /// </exception>
    /// <exception cref="TransactionInterruptedException">The user stopped the command; it was or may have been sent.</exception>
    public async Task<TransactionReceipt> SendAsync(Address to, ReadOnlyMemory<byte> data, BigInteger gasLimit, CancellationToken cancellationToken)
    {
        var latest = BlockHeader.Read(await session.Rpc.SendAsync(BlockHeader.GetLatest, cancellationToken).ConfigureAwait(false));
        var outgoing = await SendInTurnAsync(to, data, gasLimit, latest, cancellationToken).ConfigureAwait(false);
        return await FinishAsync(outgoing, () => tracker.WaitAsync(account.Address, outgoing, latest.Number, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<OutgoingTransaction> SendInTurnAsync(
        Address to, ReadOnlyMemory<byte> data, BigInteger gasLimit, BlockHeader latest, CancellationToken cancellationToken)
    {
        var turn = NonceTurns.Of(session.Connection.ChainId, account.Address);
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var nonce = await _drafts.ReadNonceAsync(cancellationToken).ConfigureAwait(false);
            var transaction = await _drafts.DraftAsync(to, data, gasLimit, nonce, latest, cancellationToken).ConfigureAwait(false);
            limit.Require(transaction.MaximumCost, "The transaction");
            await _drafts.RequireFundsAsync(transaction, cancellationToken).ConfigureAwait(false);
            var outgoing = account.Prepare(transaction);
            session.Diagnostics.Verbose(
                $"Transaction {outgoing} of {account.Address}: nonce {nonce}, at most {gasLimit} gas, {transaction.Fee}, at most {session.Connection.Currency.CostText(transaction.MaximumCost)}.");
            await session.Diagnostics.WarnAsync($"Sending transaction {outgoing} of {account.Address}. If this is interrupted, look it up before you claim again.").ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            await FinishAsync(outgoing, () => HandOverAsync(outgoing, cancellationToken)).ConfigureAwait(false);
            limit.Add(transaction);
            return outgoing;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Works with a transaction that the node has or may have, and reports its hash if the work ends early.</summary>
    private async Task<T> FinishAsync<T>(OutgoingTransaction outgoing, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            throw session.Connection.Closing.IsCancellationRequested
                ? new IExecException(
                    IExecErrorId.ClaimNotConfirmed,
                    $"Transaction {outgoing} was or may have been sent; the connection to {session.Connection} was closed before its outcome was known.",
                    null,
                    exception)
                : new TransactionInterruptedException(outgoing, exception);
        }
    }

    /// <summary>Returns once the node has the transaction, or may have it.</summary>
    private async Task<OutgoingTransaction> HandOverAsync(OutgoingTransaction outgoing, CancellationToken cancellationToken)
    {
        var isHashTold = outgoing.Hash is not null;
        try
        {
            await outgoing.SendAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException exception)
        {
            if (!await IsKnownAsync(outgoing, exception, cancellationToken).ConfigureAwait(false))
                ThrowUnlessKnown(exception, outgoing);
        }
        catch (IExecException exception)
        {
            session.Diagnostics.Verbose($"{exception.Message} Transaction {outgoing} may have been sent anyway; looking it up.");
        }

        if (!isHashTold && outgoing.Hash is { } hash)
            await session.Diagnostics.WarnAsync($"The node sent it as transaction {hash}.").ConfigureAwait(false);
        return outgoing;
    }

    private void ThrowUnlessKnown(RpcException exception, OutgoingTransaction outgoing)
    {
        switch (TransactionRejectionReader.Read(exception))
        {
            case TransactionRejection.AlreadyKnown: return;
            case TransactionRejection.NonceTaken: throw StaleTransactionException.NonceTaken(account.Address, outgoing, exception);
            case TransactionRejection.BelowBaseFee when !fees.IsUsersOwn: throw StaleTransactionException.FeeOutrun(outgoing, exception);
            case TransactionRejection.FundsInsufficient: throw TransactionDrafts.FundsInsufficient(account.Address, $"The account {account.Address} cannot pay for transaction {outgoing}: {exception.NodeMessage}.", exception);
            case TransactionRejection.BelowBaseFee or TransactionRejection.Underpriced: throw FeeReader.Underpriced($"The RPC node refuses transaction {outgoing}, which offers {outgoing.Transaction.Fee}: {exception.NodeMessage}.", exception);
            default: throw new IExecException(IExecErrorId.RpcError, $"The RPC node refuses transaction {outgoing}: {exception.NodeMessage} (code {exception.Code}).", null, exception);
        }
    }

    /// <summary>
    /// A rejection is ignored if the node has the transaction from an earlier attempt whose response was lost. If the node signs, so that the hash is
    /// unknown, an error without a known reason for rejection, with a nonce that was free before, is taken as a sign of that.
    /// </summary>
    private async Task<bool> IsKnownAsync(OutgoingTransaction outgoing, RpcException refusal, CancellationToken cancellationToken)
    {
        try
        {
            if (outgoing.Hash is not { } hash)
                return TransactionRejectionReader.Read(refusal) == TransactionRejection.Other && await _drafts.ReadNonceAsync(cancellationToken).ConfigureAwait(false) > outgoing.Transaction.Nonce;
            return KnownTransaction.Read(await session.Rpc.SendAsync(KnownTransaction.Get(hash), cancellationToken).ConfigureAwait(false), hash) is not null;
        }
        catch (IExecException)
        {
            return false;
        }
    }
}
