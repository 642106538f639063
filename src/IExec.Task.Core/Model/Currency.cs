using System.Numerics;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks;

/// <summary>A chain's own currency, in which gas is paid. Nodes count in wei, 10⁻¹⁸ of it.</summary>
/// <param name="name">Its usual short name, such as ETH; null on a chain that the module does not know.</param>
internal sealed class Currency(string? name)
{
    /// <summary>The currency of a chain whose gas costs RLC.</summary>
    public const string Rlc = "RLC";

    private const int DigitsOfACost = 3;
    private const decimal WeiPerUnit = 1_000_000_000_000_000_000;
    private static readonly BigInteger Unit = new(WeiPerUnit);

    /// <summary>Whether amounts of it can be compared with refunds.</summary>
    public bool IsRlc => name == Rlc;

    /// <summary>An amount in wei, rounded down.</summary>
    public static BigInteger ToWei(decimal amount) => new(amount * WeiPerUnit);

    /// <summary>An amount with its unit: exact, whatever its size.</summary>
    public string Text(BigInteger wei) => $"{DecimalText.Of(wei, Unit)} {name ?? "of the chain's own currency"}";

    /// <summary>An upper bound of a cost with its unit: rounded up to three digits, or to whole units where it has more.</summary>
    public string CostText(BigInteger wei)
    {
        var step = BigInteger.One;
        while (step < Unit && wei >= step * BigInteger.Pow(10, DigitsOfACost))
            step *= 10;
        return Text((wei + step - 1) / step * step);
    }
}
