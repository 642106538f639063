using System.Numerics;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Transactions;

/// <summary>The limit on the cost of one command's transactions together.</summary>
/// <param name="most">In wei; null for no limit, because the user set the fee.</param>
/// <param name="currency">The chain's currency.</param>
internal sealed class CostLimit(BigInteger? most, Currency currency)
{
    private BigInteger _sent;

    /// <summary>Throws if a cost is above the limit.</summary>
    /// <param name="cost">The maximum cost.</param>
    /// <param name="what">What it is for: the beginning of a sentence.</param>
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
