using System;
using System.Linq;

namespace IExec.Tasks.Transactions;

/// <summary>Recognises the reason in a node's message: there are no codes for it, and each client has its own wording.</summary>
internal static class TransactionRejectionReader
{
    /// <summary>The wordings of geth, Nitro, Erigon, Nethermind, Besu, OpenEthereum and anvil. The first match counts.</summary>
    private static readonly (TransactionRejection Refusal, string[] Words)[] Table =
    [
        (TransactionRejection.AlreadyKnown, ["already known", "alreadyknown", "known transaction", "already imported", "already exists"]),
        (TransactionRejection.NonceTaken, ["nonce too low", "nonce is too low", "oldnonce", "replacement transaction underpriced", "same nonce"]),
        (TransactionRejection.FundsInsufficient, ["insufficient funds", "insufficientfunds", "insufficient balance", "not enough funds", "exceeds account balance"]),
        (TransactionRejection.BelowBaseFee, ["less than block base fee", "less than the current basefee", "below base fee", "maxfeepergas too low"]),
        (TransactionRejection.Underpriced, ["underpriced", "feetoolow", "fee too low", "gas price below", "gas price too low", "minimal gas price"]),
    ];

    public static TransactionRejection Read(RpcException exception) =>
        Table.FirstOrDefault(entry => entry.Words.Any(word => exception.NodeMessage.Contains(word, StringComparison.OrdinalIgnoreCase))).Refusal;
}
