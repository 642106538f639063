using System.Numerics;

namespace IExec.Tasks.Ethereum;

/// <summary>What a transaction pays for gas, in wei per gas.</summary>
/// <param name="MaxPerGas">The most; on a legacy transaction, the price.</param>
/// <param name="MaxPriorityPerGas">The most that goes to the block's producer (EIP-1559); null for a legacy transaction.</param>
internal sealed record TransactionFee(BigInteger MaxPerGas, BigInteger? MaxPriorityPerGas)
{
    private const long WeiPerGwei = 1_000_000_000;

    /// <summary>The one gas price of a legacy transaction.</summary>
    public static TransactionFee Legacy(BigInteger gasPrice) => new(gasPrice, null);

    public override string ToString() => MaxPriorityPerGas is { } priority
        ? $"at most {Gwei(MaxPerGas)} gwei per gas, with a priority fee of {Gwei(priority)} gwei"
        : $"{Gwei(MaxPerGas)} gwei per gas";

    /// <summary>Wei as gwei, with all their digits.</summary>
    public static string Gwei(BigInteger wei) => DecimalText.Of(wei, WeiPerGwei);
}
