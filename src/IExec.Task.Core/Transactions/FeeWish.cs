using System.Numerics;

namespace IExec.Tasks.Transactions;

/// <summary>The user's fee settings, in wei per gas; null ones are determined from the chain.</summary>
/// <param name="GasPrice">The gas price of a legacy transaction.</param>
/// <param name="MaxFeePerGas">The maximum fee, including the base fee.</param>
/// <param name="MaxPriorityFeePerGas">The maximum priority fee.</param>
internal sealed record FeeWish(BigInteger? GasPrice = null, BigInteger? MaxFeePerGas = null, BigInteger? MaxPriorityFeePerGas = null)
{
    /// <summary>Whether the user set the maximum fee.</summary>
    public bool HasMost => (GasPrice ?? MaxFeePerGas) is not null;

    public bool IsNone => GasPrice is null && MaxFeePerGas is null && MaxPriorityFeePerGas is null;
}
