namespace IExec.Tasks.Transactions;

/// <summary>Why a node rejected a transaction.</summary>
internal enum TransactionRejection
{
    /// <summary>Any other reason.</summary>
    Other,

    /// <summary>It already has this transaction.</summary>
    AlreadyKnown,

    /// <summary>Another transaction of the account has the nonce.</summary>
    NonceTaken,

    /// <summary>The account cannot pay for it.</summary>
    FundsInsufficient,

    /// <summary>The fee is below the base fee, which may have risen since.</summary>
    BelowBaseFee,

    /// <summary>The fee is below the node's minimum.</summary>
    Underpriced,
}
