using System;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Transactions;

/// <summary>Another transaction of the account took the nonce first, so that this one never counts. What it was to do may be tried anew.</summary>
internal sealed class NonceTakenException(Address account, OutgoingTransaction transaction, Exception inner) : IExecException(
    IExecErrorId.RpcError,
    $"Another transaction of {account} took the nonce of transaction {transaction}, which was not sent.",
    "Another program seems to use the same account. Let it finish, or use an account of its own for each.",
    inner);
