using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Claims;

/// <summary>The refund and the cost of a claim of some tasks.</summary>
/// <param name="Batches">The tasks of each transaction; at least one.</param>
/// <param name="Fee">The transactions' fee.</param>
/// <param name="Currency">The currency of the fee.</param>
internal sealed record ClaimQuote(IReadOnlyList<ClaimBatch> Batches, TransactionFee Fee, Currency Currency)
{
    private readonly IReadOnlyList<ClaimableTask> _tasks = [.. Batches.SelectMany(batch => batch.Tasks)];

    /// <summary>The transactions' total gas limit.</summary>
    public BigInteger GasLimit { get; } = Batches.Aggregate(BigInteger.Zero, (sum, batch) => sum + (batch.GasLimit ?? BigInteger.Zero));

    /// <summary>The maximum cost, in wei.</summary>
    public BigInteger MaximumCost => GasLimit * Fee.MaxPerGas;

    /// <summary>What is claimed.</summary>
    public string Subject => _tasks.Count == 1 ? "The claim of 1 task" : $"The claim of {_tasks.Count} tasks";

    /// <summary>The refund, with its unit.</summary>
    public string Refund => Rlc.Text(RefundRlc);

    /// <summary>The number of deals that the tasks belong to.</summary>
    public int DealCount => _tasks.Select(task => task.Deal.Id).Distinct().Count();

    /// <summary>The totals of several deals.</summary>
    public string Total => $"In total, claim {_tasks.Count} tasks of {DealCount} deals in {Transactions}, refund {Refund}";

    /// <summary>The cost, as the beginning of a sentence. A transaction may have tasks of several deals, so the cost is that of all together.</summary>
    public string Cost
    {
        get
        {
            return Fee.MaxPerGas.IsZero ? "Gas is free" : $"Gas{(DealCount == 1 ? "" : $" for all {_tasks.Count} tasks")} costs at most {Currency.CostText(MaximumCost)}";
        }
    }

    private string Transactions => Batches.Count == 1 ? "1 transaction" : $"{Batches.Count} transactions";

    private decimal RefundRlc => _tasks.Sum(task => task.RefundRlc);

    /// <summary>
    /// A warning when the refund is less than the cost. If gas is not paid in RLC, that is certain only for a refund of zero: the module has no exchange
    /// rate.
    /// </summary>
    /// <returns>Null when there is nothing to warn of.</returns>
    public string? DescribeLoss()
    {
        var unpaid = _tasks.Count(task => task.RefundRlc == 0);
        if (MaximumCost.IsZero)
            return null;
        if (unpaid == _tasks.Count || (Currency.IsRlc && Currency.ToWei(RefundRlc) < MaximumCost))
            return $"{Subject} refunds {Refund}, less than it can cost. {Cost}.";
        return unpaid == 0 ? null : $"{unpaid} of the {_tasks.Count} tasks refund nothing: claiming them only costs gas. {Cost}.";
    }

    public override string ToString() => $"{Subject} refunds {Refund}. {Cost}: {Transactions}, {GasLimit} gas, {Fee}.";
}
