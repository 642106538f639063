using System;

namespace IExec.Tasks;

/// <summary>A confirmed claim: the task is FAILED, and its price was refunded to the payer's iExec account.</summary>
public sealed class IExecTaskClaim
{
    internal IExecTaskClaim()
    {
    }

    /// <summary>The task's id: <c>0x</c> and 64 lower-case hexadecimal digits.</summary>
    public string TaskId { get; internal init; } = "";

    /// <summary>The id of the deal that the task belongs to.</summary>
    public string DealId { get; internal init; } = "";

    /// <summary>The hash of the transaction that claimed it, perhaps among others.</summary>
    public string TransactionHash { get; internal init; } = "";

    /// <summary>The number of the transaction's block.</summary>
    public long BlockNumber { get; internal init; }

    /// <summary>The gas that the whole transaction used, for all claims with the same hash.</summary>
    public long GasUsed { get; internal init; }

    /// <summary>The refund, in RLC: the deal's prices of app, dataset and workerpool for one task.</summary>
    public decimal RefundRlc { get; internal init; }

    /// <summary>The address of the payer (EIP-55). The refund is in its iExec account, not in the wallet.</summary>
    public string RefundedTo { get; internal init; } = "";

    /// <summary>The id of the chain.</summary>
    public long ChainId { get; internal init; }

    /// <summary>The transaction's page in iExec's public explorer; null on a chain that it does not show.</summary>
    public Uri? ExplorerUrl => Explorer.Transaction(ChainId, TransactionHash);

    /// <summary>The task's id.</summary>
    public override string ToString() => TaskId;
}
