using IExec.Tasks.Transactions;

namespace IExec.Tasks.UnitTests.Transactions;

public sealed class TransactionRejectionReaderTests
{
    [Theory]
    [InlineData("already known", nameof(TransactionRejection.AlreadyKnown))] // geth
    [InlineData("AlreadyKnown", nameof(TransactionRejection.AlreadyKnown))] // Nethermind
    [InlineData("Known transaction", nameof(TransactionRejection.AlreadyKnown))] // Besu
    [InlineData("Transaction with the same hash was already imported.", nameof(TransactionRejection.AlreadyKnown))] // OpenEthereum
    [InlineData("nonce too low: next nonce 5, tx nonce 4", nameof(TransactionRejection.NonceTaken))]
    [InlineData("OldNonce", nameof(TransactionRejection.NonceTaken))]
    [InlineData("Transaction nonce is too low. Try incrementing the nonce.", nameof(TransactionRejection.NonceTaken))]
    [InlineData("replacement transaction underpriced", nameof(TransactionRejection.NonceTaken))]
    [InlineData("Transaction gas price is too low. There is another transaction with same nonce in the queue.", nameof(TransactionRejection.NonceTaken))]
    [InlineData("insufficient funds for gas * price + value: balance 0", nameof(TransactionRejection.FundsInsufficient))]
    [InlineData("Upfront cost exceeds account balance", nameof(TransactionRejection.FundsInsufficient))]
    [InlineData("not enough funds for gas", nameof(TransactionRejection.FundsInsufficient))]
    [InlineData("transaction underpriced", nameof(TransactionRejection.Underpriced))]
    [InlineData("FeeTooLowToCompete", nameof(TransactionRejection.Underpriced))]
    [InlineData("max fee per gas less than block base fee: address 0x…, maxFeePerGas: 1, baseFee: 2", nameof(TransactionRejection.BelowBaseFee))]
    [InlineData("FeeTooLow, MaxFeePerGas too low. MaxFeePerGas: 1, BaseFee: 2", nameof(TransactionRejection.BelowBaseFee))]
    [InlineData("gasPrice is less than the current BaseFee", nameof(TransactionRejection.BelowBaseFee))]
    [InlineData("Gas price below configured minimum gas price", nameof(TransactionRejection.Underpriced))]
    [InlineData("intrinsic gas too low", nameof(TransactionRejection.Other))]
    [InlineData("exceeds block gas limit", nameof(TransactionRejection.Other))]
    public void Recognises_the_wording_of_each_client(string message, string refusal) =>
        Assert.Equal(refusal, TransactionRejectionReader.Read(new RpcException(-32000, message)).ToString());
}
