using IExec.Tasks.Transactions;

namespace IExec.Tasks.UnitTests.Transactions;

public sealed class NodeRefusalsTests
{
    [Theory]
    [InlineData("already known", nameof(NodeRefusal.AlreadyKnown))] // geth
    [InlineData("AlreadyKnown", nameof(NodeRefusal.AlreadyKnown))] // Nethermind
    [InlineData("Known transaction", nameof(NodeRefusal.AlreadyKnown))] // Besu
    [InlineData("Transaction with the same hash was already imported.", nameof(NodeRefusal.AlreadyKnown))] // OpenEthereum
    [InlineData("nonce too low: next nonce 5, tx nonce 4", nameof(NodeRefusal.NonceTaken))]
    [InlineData("OldNonce", nameof(NodeRefusal.NonceTaken))]
    [InlineData("Transaction nonce is too low. Try incrementing the nonce.", nameof(NodeRefusal.NonceTaken))]
    [InlineData("replacement transaction underpriced", nameof(NodeRefusal.NonceTaken))]
    [InlineData("Transaction gas price is too low. There is another transaction with same nonce in the queue.", nameof(NodeRefusal.NonceTaken))]
    [InlineData("insufficient funds for gas * price + value: balance 0", nameof(NodeRefusal.FundsInsufficient))]
    [InlineData("Upfront cost exceeds account balance", nameof(NodeRefusal.FundsInsufficient))]
    [InlineData("not enough funds for gas", nameof(NodeRefusal.FundsInsufficient))]
    [InlineData("transaction underpriced", nameof(NodeRefusal.Underpriced))]
    [InlineData("FeeTooLowToCompete", nameof(NodeRefusal.Underpriced))]
    [InlineData("max fee per gas less than block base fee: address 0x…, maxFeePerGas: 1, baseFee: 2", nameof(NodeRefusal.BelowBaseFee))]
    [InlineData("FeeTooLow, MaxFeePerGas too low. MaxFeePerGas: 1, BaseFee: 2", nameof(NodeRefusal.BelowBaseFee))]
    [InlineData("gasPrice is less than the current BaseFee", nameof(NodeRefusal.BelowBaseFee))]
    [InlineData("Gas price below configured minimum gas price", nameof(NodeRefusal.Underpriced))]
    [InlineData("intrinsic gas too low", nameof(NodeRefusal.Other))]
    [InlineData("exceeds block gas limit", nameof(NodeRefusal.Other))]
    public void Reads_the_words_of_each_kind_of_node(string message, string refusal) =>
        Assert.Equal(refusal, NodeRefusals.Read(new RpcException(-32000, message)).ToString());
}
