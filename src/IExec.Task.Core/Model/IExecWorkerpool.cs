using System;
using System.Numerics;

namespace IExec.Tasks;

/// <summary>
/// A workerpool: what its contract tells, where its API is, and how the tasks of its recent deals went. What is not known is null, and <see cref="Unknown"/> says
/// why.
/// </summary>
public sealed class IExecWorkerpool
{
    internal IExecWorkerpool()
    {
    }

    /// <summary>The address of its contract (EIP-55).</summary>
    public required string Address { get; init; }

    /// <summary>The address of its owner (EIP-55), to whom the scheduler's reward goes.</summary>
    public required string Owner { get; init; }

    /// <summary>What its owner wrote about it when it was made: any text at all.</summary>
    public required string Description { get; init; }

    /// <summary>Its ENS name, which leads back to its address; null when it has none, and where the connection has no ENS registry.</summary>
    public string? EnsName { get; internal init; }

    /// <summary>Where the API of its scheduler is; null when it declares none that can be used.</summary>
    public Uri? ApiUrl { get; internal init; }

    /// <summary>Where that URL was found; null when there is none.</summary>
    public IExecWorkerpoolApiSource? ApiUrlSource { get; internal init; }

    /// <summary>
    /// What a worker has to lock for a contribution to a new deal, in percent of the price that the workerpool gets for the task (PoCo,
    /// <c>m_workerStakeRatioPolicy</c>).
    /// </summary>
    public BigInteger WorkerStakePercent { get; internal init; }

    /// <summary>What the owner keeps of the reward of a task of a new deal, in percent; the workers share the rest (PoCo, <c>m_schedulerRewardRatioPolicy</c>).</summary>
    public long SchedulerRewardPercent { get; internal init; }

    /// <summary>How many recent deals the numbers go by; null when they could not be read, or were not asked for.</summary>
    public int? RecentDeals { get; internal init; }

    /// <summary>Since when: all deals that the workerpool got from then on are among them (UTC); null without them.</summary>
    public DateTimeOffset? RecentSince { get; internal init; }

    /// <summary>How many tasks of these deals the numbers go by, at most 1,000: the first of them where the oldest deal has more; null without deals.</summary>
    public int? RecentTasks { get; internal init; }

    /// <summary>How many of the tasks are completed; null without recent deals.</summary>
    public int? Completed { get; internal init; }

    /// <summary>How many of the tasks did not complete before their final deadline, whether they were claimed or not; null without recent deals.</summary>
    public int? Timeouts { get; internal init; }

    /// <summary>How many of the tasks can still complete; null without recent deals.</summary>
    public int? Open { get; internal init; }

    /// <summary>How many of the tasks that have ended are completed, in percent; null when none has ended.</summary>
    public double? CompletionPercent { get; internal init; }

    /// <summary>The time from the deal to the result that half of the completed tasks did not exceed; null when no time is known.</summary>
    public TimeSpan? MedianTimeToResult { get; internal init; }

    /// <summary>The time from the deal to the result that 95 of 100 completed tasks did not exceed; null when no time is known.</summary>
    public TimeSpan? Percentile95TimeToResult { get; internal init; }

    /// <summary>How many completed tasks these two times go by; null without recent deals.</summary>
    public int? TimedTasks { get; internal init; }

    /// <summary>What is not known, a sentence each.</summary>
    public string[] Unknown { get; internal init; } = [];

    /// <summary>The time of the block this was read in (UTC).</summary>
    public DateTimeOffset BlockTimestamp { get; internal init; }

    /// <summary>The id of the chain this was read from.</summary>
    public long ChainId { get; internal init; }

    /// <summary>The contract's address.</summary>
    public override string ToString() => Address;
}
