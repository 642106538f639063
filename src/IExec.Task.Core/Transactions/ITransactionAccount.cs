using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Transactions;

/// <summary>An account that can send transactions.</summary>
internal interface ITransactionAccount
{
    /// <summary>Its address.</summary>
    Address Address { get; }

    /// <summary>Makes the transaction ready to be sent. Nothing leaves this machine yet.</summary>
    OutgoingTransaction Prepare(UnsignedTransaction transaction);
}
