using System;
using System.Linq;

namespace IExec.Tasks.Transactions;

/// <summary>Reads the reason out of a node's words: there are no codes for it, and each kind of node has its own wording.</summary>
internal static class NodeRefusals
{
    /// <summary>Of geth, Nitro, Erigon, Nethermind, Besu, OpenEthereum and anvil. The first that fits counts.</summary>
    private static readonly (NodeRefusal Refusal, string[] Words)[] Table =
    [
        (NodeRefusal.AlreadyKnown, ["already known", "alreadyknown", "known transaction", "already imported", "already exists"]),
        (NodeRefusal.NonceTaken, ["nonce too low", "nonce is too low", "oldnonce", "replacement transaction underpriced", "same nonce"]),
        (NodeRefusal.FundsInsufficient, ["insufficient funds", "insufficientfunds", "insufficient balance", "not enough funds", "exceeds account balance"]),
        (NodeRefusal.BelowBaseFee, ["less than block base fee", "less than the current basefee", "below base fee", "maxfeepergas too low"]),
        (NodeRefusal.Underpriced, ["underpriced", "feetoolow", "fee too low", "gas price below", "gas price too low", "minimal gas price"]),
    ];

    public static NodeRefusal Read(RpcException exception) =>
        Table.FirstOrDefault(entry => entry.Words.Any(word => exception.NodeMessage.Contains(word, StringComparison.OrdinalIgnoreCase))).Refusal;
}
