using System.Globalization;
using System.Numerics;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks;

/// <summary>Amounts of RLC. Contracts count in nRLC, 10⁻⁹ RLC.</summary>
internal static class Rlc
{
    private const long NanoPerRlc = 1_000_000_000;

    /// <exception cref="IExecException">RpcError: the amount is larger than all RLC that exist.</exception>
    public static decimal FromNano(BigInteger amount) => amount <= (BigInteger)decimal.MaxValue
        ? (decimal)amount / NanoPerRlc
        : throw new IExecException(IExecErrorId.RpcError, $"The hub returns a price of {DecimalText.Of(amount, NanoPerRlc)} RLC, more than there is.");

    /// <summary>The amount with its unit.</summary>
    public static string Text(decimal amount) => Number(amount) + " RLC";

    /// <summary>The amount without its unit.</summary>
    public static string Number(decimal amount) => amount.ToString("0.#########", CultureInfo.InvariantCulture);
}
