using System.Linq;
using System.Numerics;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Transactions;

/// <summary>Decides what a transaction pays for gas: what the user wishes, else twice the base fee and what the node suggests for the block's producer.</summary>
internal sealed class FeeReader(JsonRpcClient rpc, bool isGasFree, FeeWish wish)
{
    private const int BlocksOfHistory = 5;
    private const int MedianPercentile = 50;

    /// <param name="latest">The latest block.</param>
    /// <param name="cancellationToken">Ends the reads.</param>
    /// <exception cref="IExecException">RpcError: the fee is below the base fee, or the node suggests none.</exception>
    public async Task<TransactionFee> ReadAsync(BlockHeader latest, CancellationToken cancellationToken)
    {
        var fee = await ChooseAsync(latest.BaseFeePerGas, cancellationToken).ConfigureAwait(false);
        if (latest.BaseFeePerGas is { } baseFee && fee.MaxPerGas < baseFee)
            throw Underpriced($"A fee of {fee} is below the chain's base fee, {TransactionFee.Gwei(baseFee)} gwei: no block would take the transaction.");
        return fee;
    }

    /// <summary>The failure of a transaction that offers too little.</summary>
    public static IExecException Underpriced(string message, System.Exception? inner = null) =>
        new(IExecErrorId.RpcError, message, "Raise -MaxFeePerGas and -MaxPriorityFeePerGas (or -GasPrice), or leave them out to pay what the node suggests.", inner);

    private async Task<TransactionFee> ChooseAsync(BigInteger? baseFee, CancellationToken cancellationToken)
    {
        if (wish.GasPrice is { } gasPrice)
            return TransactionFee.Legacy(gasPrice);
        if (isGasFree && wish.IsNone)
            return TransactionFee.Legacy(BigInteger.Zero);
        if (baseFee is null)
            return TransactionFee.Legacy(wish.MaxFeePerGas ?? await ReadGasPriceAsync(cancellationToken).ConfigureAwait(false));
        var priority = wish.MaxPriorityFeePerGas ?? await ReadPriorityAsync(cancellationToken).ConfigureAwait(false);
        var max = wish.MaxFeePerGas ?? (2 * baseFee.Value) + priority;
        return new TransactionFee(max, BigInteger.Min(priority, max));
    }

    private async Task<BigInteger> ReadGasPriceAsync(CancellationToken cancellationToken) =>
        (await rpc.SendAsync(new RpcRequest("eth_gasPrice"), cancellationToken).ConfigureAwait(false)).GetQuantity();

    private async Task<BigInteger> ReadPriorityAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await rpc.SendAsync(new RpcRequest("eth_maxPriorityFeePerGas"), cancellationToken).ConfigureAwait(false)).GetQuantity();
        }
        catch (RpcException)
        {
            // Not a standard method (EIP-1474 lacks it), so some nodes have the history only.
            var history = await rpc.SendAsync(
                new RpcRequest("eth_feeHistory", (ulong)BlocksOfHistory, "latest", new object[] { MedianPercentile }), cancellationToken).ConfigureAwait(false);
            return MedianReward(history.GetJson())
                ?? throw new IExecException(IExecErrorId.RpcError, "The RPC node suggests no priority fee.", "Set it with -MaxPriorityFeePerGas.");
        }
    }

    private static BigInteger? MedianReward(JsonElement history)
    {
        if (history.Member("reward") is not { ValueKind: JsonValueKind.Array } blocks)
            return null;
        var rewards = blocks.EnumerateArray()
            .Where(block => block.ValueKind == JsonValueKind.Array && block.GetArrayLength() == 1)
            .Select(block => block[0].AsQuantity())
            .OfType<BigInteger>()
            .OrderBy(reward => reward)
            .ToList();
        return rewards.Count == 0 ? null : rewards[rewards.Count / 2];
    }
}
