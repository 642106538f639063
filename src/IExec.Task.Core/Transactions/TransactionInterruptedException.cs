using System;

namespace IExec.Tasks.Transactions;

/// <summary>The user stopped the command while a transaction's outcome was unknown. A stopped command emits no error, so the message is shown in another way.</summary>
internal sealed class TransactionInterruptedException(OutgoingTransaction transaction, Exception inner) : OperationCanceledException(
    $"Stopped before the outcome of transaction {transaction} was known. It was or may have been sent: look it up before you claim again.", inner);
