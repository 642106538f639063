using System;
using System.Numerics;

namespace IExec.Tasks;

/// <summary>
/// A deal: what a requester bought, its tasks by status, and its amounts. Statuses and amounts are those of the chain's latest block; tasks that are
/// not initialised yet are counted as well. <see cref="PaidRlc"/> is always the sum of <see cref="SpentRlc"/>, <see cref="RefundedRlc"/> and
/// <see cref="LockedRlc"/>.
/// </summary>
public sealed class IExecDeal
{
    internal IExecDeal()
    {
    }

    /// <summary>The deal's id: <c>0x</c> and 64 lower-case hexadecimal digits.</summary>
    public string DealId { get; internal init; } = "";

    /// <summary>The app that the tasks run.</summary>
    public IExecDealResource App { get; internal init; } = null!;

    /// <summary>The dataset that the tasks read; null when there is none.</summary>
    public IExecDealResource? Dataset { get; internal init; }

    /// <summary>The workerpool that runs the tasks.</summary>
    public IExecDealResource Workerpool { get; internal init; } = null!;

    /// <summary>The address of the requester (EIP-55).</summary>
    public string Requester { get; internal init; } = "";

    /// <summary>The address of the beneficiary, for whom the results are (EIP-55).</summary>
    public string Beneficiary { get; internal init; } = "";

    /// <summary>The address of the payer, whom a claim refunds (EIP-55): the deal's sponsor, which is the requester unless another account paid.</summary>
    public string Payer { get; internal init; } = "";

    /// <summary>The address of the contract that receives the results (EIP-55); null when there is none.</summary>
    public string? Callback { get; internal init; }

    /// <summary>The number of the category, which says how long tasks may take.</summary>
    public long Category { get; internal init; }

    /// <summary>The category's name, such as <c>XS</c>.</summary>
    public string CategoryName { get; internal init; } = "";

    /// <summary>The category's unit of time: contributions end after 7, the deal after 10 of it.</summary>
    public TimeSpan TimeRef { get; internal init; }

    /// <summary>The trust that the deal requires in a result; with 0 or 1, one worker is enough.</summary>
    public BigInteger Trust { get; internal init; }

    /// <summary>The features that a worker needs for the tasks, as the contract stores them: <c>0x</c> and 64 hexadecimal digits.</summary>
    public string Tag { get; internal init; } = "";

    /// <summary>The names of the tag's bits that are known: tee, scone, gramine, tdx, gpu.</summary>
    public string[] TagNames { get; internal init; } = [];

    /// <summary>The request's parameters, as the requester wrote them: usually JSON, but any text is possible.</summary>
    public string Params { get; internal init; } = "";

    /// <summary>The index of the first task.</summary>
    public long BotFirst { get; internal init; }

    /// <summary>How many tasks the deal holds.</summary>
    public long BotSize { get; internal init; }

    /// <summary>When the deal was made (UTC).</summary>
    public DateTimeOffset StartTime { get; internal init; }

    /// <summary>When contributions end (UTC).</summary>
    public DateTimeOffset ContributionDeadline { get; internal init; }

    /// <summary>When tasks can no longer complete, and those that did not can be claimed (UTC).</summary>
    public DateTimeOffset FinalTime { get; internal init; }

    /// <summary>The number of tasks in each status.</summary>
    public IExecDealTaskCounts Tasks { get; internal init; } = new();

    /// <summary>How many tasks a claim would refund now.</summary>
    public long ClaimableCount => Tasks.Timeout;

    /// <summary>What one task costs, in RLC: the prices of app, dataset and workerpool together.</summary>
    public decimal TaskPriceRlc => PriceOf(1);

    /// <summary>What was paid for all tasks when the deal was made, in RLC.</summary>
    public decimal PaidRlc => PriceOf(BotSize);

    /// <summary>What was paid for completed tasks, in RLC: to the owners of app, dataset and workerpool, and to workers.</summary>
    public decimal SpentRlc => PriceOf(Tasks.Completed);

    /// <summary>What claims have refunded, in RLC.</summary>
    public decimal RefundedRlc => PriceOf(Tasks.Failed);

    /// <summary>What is still locked for tasks that are neither completed nor claimed, in RLC.</summary>
    public decimal LockedRlc => PriceOf(BotSize - Tasks.Completed - Tasks.Failed);

    /// <summary>The part of <see cref="LockedRlc"/> that a claim would refund now, in RLC.</summary>
    public decimal RefundableRlc => PriceOf(ClaimableCount);

    /// <summary>The time of the block this was read in (UTC).</summary>
    public DateTimeOffset BlockTimestamp { get; internal init; }

    /// <summary>The id of the chain this was read from.</summary>
    public long ChainId { get; internal init; }

    /// <summary>The deal's page in iExec's public explorer; null on a chain that it does not show.</summary>
    public Uri? ExplorerUrl => Explorer.Deal(ChainId, DealId);

    /// <summary>What one task costs, in nRLC.</summary>
    internal BigInteger TaskPrice { get; init; }

    /// <summary>The deal's id.</summary>
    public override string ToString() => DealId;

    private decimal PriceOf(long tasks) => Rlc.FromNano(tasks * TaskPrice);
}
