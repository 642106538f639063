using System.Numerics;

namespace IExec.Tasks.Ethereum;

/// <summary>The fee of a transaction, in wei per gas.</summary>
/// <param name="MaxPerGas">The maximum fee; for a legacy transaction, the gas price.</param>
/// <param name="MaxPriorityPerGas">The maximum priority fee (EIP-1559); null for a legacy transaction.</param>
internal sealed record TransactionFee(BigInteger MaxPerGas, BigInteger? MaxPriorityPerGas)
{
    private const long WeiPerGwei = 1_000_000_000;

    /// <summary>The fee of a legacy transaction.</summary>
    public static TransactionFee Legacy(BigInteger gasPrice) => new(gasPrice, null);

    public override string ToString() => MaxPriorityPerGas is { } priority
        ? $"at most {Gwei(MaxPerGas)} gwei per gas, with a priority fee of {Gwei(priority)} gwei"
        : $"{Gwei(MaxPerGas)} gwei per gas";

    /// <summary>Wei as gwei, with all digits.</summary>
    public static string Gwei(BigInteger wei) => DecimalText.Of(wei, WeiPerGwei);
}
