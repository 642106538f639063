namespace IExec.Tasks.Transactions;

/// <summary>Why a node did not take a transaction.</summary>
internal enum TransactionRejection
{
    /// <summary>A reason of its own.</summary>
    Other,

    /// <summary>It has this very transaction already.</summary>
    AlreadyKnown,

    /// <summary>Another transaction of the account has the nonce.</summary>
    NonceTaken,

    /// <summary>The account cannot pay for it.</summary>
    FundsInsufficient,

    /// <summary>It offers less than a block's base fee, which may have risen since the fee was chosen.</summary>
    BelowBaseFee,

    /// <summary>It offers less for its gas than the node takes.</summary>
    Underpriced,
}
