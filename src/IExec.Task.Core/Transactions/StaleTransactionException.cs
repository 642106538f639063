using System;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Transactions;

/// <summary>
/// A transaction's nonce or fee was outdated when it was sent, so that no node accepted it. It may be prepared and sent
/// again.
/// </summary>
internal sealed class StaleTransactionException : IExecException
{
    private StaleTransactionException(string message, string advice, Exception inner)
        : base(IExecErrorId.RpcError, message, advice, inner)
    {
    }

    /// <summary>Another transaction of the account used the nonce first.</summary>
    public static StaleTransactionException NonceTaken(Address account, OutgoingTransaction transaction, RpcException inner) => new(
        $"Another transaction of {account} took the nonce of transaction {transaction}, which was not sent.",
        "Another program seems to use the same account. Let it finish, or use a separate account for each.",
        inner);

    /// <summary>The base fee rose above the fee that the module had chosen.</summary>
    public static StaleTransactionException FeeOutrun(OutgoingTransaction transaction, RpcException inner) => new(
        $"The chain's base fee rose beyond the fee of transaction {transaction}, {transaction.Transaction.Fee}, which was not sent: {inner.NodeMessage}.",
        "Try again when fees are lower, or pay more with -MaxFeePerGas.",
        inner);
}
