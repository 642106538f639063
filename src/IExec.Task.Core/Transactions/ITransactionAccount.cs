using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Transactions;

/// <summary>An account that can send transactions.</summary>
internal interface ITransactionAccount
{
    /// <summary>Its address.</summary>
    Address Address { get; }

    /// <summary>Prepares the transaction. Nothing is sent yet.</summary>
    OutgoingTransaction Prepare(UnsignedTransaction transaction);
}
