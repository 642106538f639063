using System;
using System.Numerics;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Transactions;

/// <summary>Turns calls of contracts into transactions of one account: adds fee and nonce.</summary>
internal sealed class TransactionDrafts(IExecSession session, Address account, FeeReader fees)
{
    /// <summary>The account's next nonce, after its pending transactions.</summary>
    public async Task<BigInteger> ReadNonceAsync(CancellationToken cancellationToken) =>
        (await session.Rpc.SendAsync(new RpcRequest("eth_getTransactionCount", account, "pending"), cancellationToken).ConfigureAwait(false)).GetQuantity();

    /// <summary>Completes a call.</summary>
    /// <exception cref="IExecException">RpcError: the fee is too low. FeeTooHigh: it rose above what the user agreed to.</exception>
    public async Task<UnsignedTransaction> DraftAsync(
        Address to, ReadOnlyMemory<byte> data, BigInteger gasLimit, BigInteger nonce, BlockHeader latest, CancellationToken cancellationToken)
    {
        var fee = await fees.ReadAsync(latest, cancellationToken).ConfigureAwait(false);
        return new UnsignedTransaction(session.Connection.ChainId, nonce, fee, gasLimit, to, BigInteger.Zero, data);
    }

    /// <summary>Throws if the account's balance is below the transaction's maximum cost, which is what nodes require.</summary>
    /// <exception cref="IExecException">FundsInsufficient.</exception>
    public async Task RequireFundsAsync(UnsignedTransaction transaction, CancellationToken cancellationToken)
    {
        var (cost, currency) = (transaction.MaximumCost, session.Connection.Currency);
        if (cost.IsZero)
            return;
        var balance = (await session.Rpc.SendAsync(new RpcRequest("eth_getBalance", account, "latest"), cancellationToken).ConfigureAwait(false)).GetQuantity();
        if (balance < cost)
            throw FundsInsufficient(account, $"The account {account} holds {currency.Text(balance)}; the transaction may cost up to {currency.CostText(cost)}.");
    }

    /// <summary>The error for an account that cannot pay.</summary>
    public static IExecException FundsInsufficient(Address account, string message, Exception? inner = null) =>
        new(IExecErrorId.FundsInsufficient, message, $"Send some of the chain's own currency to {account}, then try again; a lower -MaxFeePerGas needs less.", inner);
}
