using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Claims;

/// <summary>What the claim of some tasks pays back and costs.</summary>
/// <param name="Batches">The tasks of each transaction; at least one.</param>
/// <param name="Fee">What the transactions pay for gas.</param>
/// <param name="Currency">What they pay it in.</param>
internal sealed record ClaimQuote(IReadOnlyList<ClaimBatch> Batches, TransactionFee Fee, Currency Currency)
{
    private readonly IReadOnlyList<ClaimableTask> _tasks = [.. Batches.SelectMany(batch => batch.Tasks)];

    /// <summary>The gas that the transactions may use together.</summary>
    public BigInteger GasLimit { get; } = Batches.Aggregate(BigInteger.Zero, (sum, batch) => sum + (batch.GasLimit ?? BigInteger.Zero));

    /// <summary>The most that it can cost, in wei.</summary>
    public BigInteger MaximumCost => GasLimit * Fee.MaxPerGas;

    /// <summary>What is claimed.</summary>
    public string Subject => _tasks.Count == 1 ? "The claim of 1 task" : $"The claim of {_tasks.Count} tasks";

    /// <summary>What is paid back, with its unit.</summary>
    public string Refund => Rlc.Text(RefundRlc);

    /// <summary>Of how many deals the tasks are.</summary>
    public int DealCount => _tasks.Select(task => task.Deal.Id).Distinct().Count();

    /// <summary>What is claimed and paid back of several deals together.</summary>
    public string Total => $"In total, claim {_tasks.Count} tasks of {DealCount} deals in {Transactions}, refund {Refund}";

    /// <summary>What it costs, as the beginning of a sentence. Transactions may hold tasks of several deals, so the cost is that of all together.</summary>
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
    /// Says so when less is paid back than paid. On a chain whose gas is not paid in RLC, that is certain of a refund of nothing only: the module knows no
    /// price to compare the currencies by.
    /// </summary>
    /// <returns>Null when there is nothing to say.</returns>
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
