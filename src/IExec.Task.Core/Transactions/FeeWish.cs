using System.Numerics;

namespace IExec.Tasks.Transactions;

/// <summary>What the user says of the fee, in wei per gas; what is null is asked of the node.</summary>
/// <param name="GasPrice">The price of a legacy transaction.</param>
/// <param name="MaxFeePerGas">The most, of which the block's base fee is a part.</param>
/// <param name="MaxPriorityFeePerGas">The most for the block's producer.</param>
internal sealed record FeeWish(BigInteger? GasPrice = null, BigInteger? MaxFeePerGas = null, BigInteger? MaxPriorityFeePerGas = null)
{
    /// <summary>Whether the most to pay is the user's own word.</summary>
    public bool HasMost => (GasPrice ?? MaxFeePerGas) is not null;

    public bool IsNone => GasPrice is null && MaxFeePerGas is null && MaxPriorityFeePerGas is null;
}
