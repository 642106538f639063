using System.Numerics;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Transactions;

/// <summary>The most that the gas of one command's transactions may cost together.</summary>
/// <param name="most">In wei; null where the user names the fee instead.</param>
/// <param name="currency">The chain's currency.</param>
internal sealed class CostLimit(BigInteger? most, Currency currency)
{
    private BigInteger _sent;

    /// <summary>Makes sure that something may be sent.</summary>
    /// <param name="cost">The most that it can cost.</param>
    /// <param name="what">What it is: the beginning of a sentence.</param>
    /// <exception cref="IExecException">FeeTooHigh.</exception>
    public void Require(BigInteger cost, string what)
    {
        if (!(_sent + cost > most))
            return;
        var before = _sent.IsZero ? "" : $", after up to {currency.CostText(_sent)} for what was sent before";
        throw new IExecException(
            IExecErrorId.FeeTooHigh, $"{what} can cost up to {currency.CostText(cost)} in gas{before}; -MaximumCost allows {currency.Text(most!.Value)}. It was not sent.");
    }

    /// <summary>Counts a transaction that was sent.</summary>
    public void Add(UnsignedTransaction transaction) => _sent += transaction.MaximumCost;
}
