using System;
using System.Numerics;

namespace IExec.Tasks;

/// <summary>
/// A workerpool: its contract's terms, its API, and statistics of the tasks of its recent deals. What is not known is null, and <see cref="Unknown"/> says
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

    /// <summary>The description that its owner wrote when it was created: any text.</summary>
    public required string Description { get; init; }

    /// <summary>Its ENS name, which resolves to its address; null when it has none, and where the connection has no ENS registry.</summary>
    public string? EnsName { get; internal init; }

    /// <summary>The URL of its scheduler's API; null when it has not published a usable one.</summary>
    public Uri? ApiUrl { get; internal init; }

    /// <summary>Where that URL was found; null when there is none.</summary>
    public IExecWorkerpoolApiSource? ApiUrlSource { get; internal init; }

    /// <summary>
    /// A worker's stake for a contribution to a new deal, in percent of the workerpool's price of the task (PoCo,
    /// <c>m_workerStakeRatioPolicy</c>).
    /// </summary>
    public BigInteger WorkerStakePercent { get; internal init; }

    /// <summary>The owner's share of a task's reward in a new deal, in percent; the workers share the rest (PoCo, <c>m_schedulerRewardRatioPolicy</c>).</summary>
    public long SchedulerRewardPercent { get; internal init; }

    /// <summary>How many recent deals the statistics cover; null when they could not be read, or were not requested.</summary>
    public int? RecentDeals { get; internal init; }

    /// <summary>The statistics cover all its deals since this time (UTC); null without recent deals.</summary>
    public DateTimeOffset? RecentSince { get; internal init; }

    /// <summary>How many tasks of these deals the statistics cover, at most 1,000: of the oldest deal, the first ones; null without recent deals.</summary>
    public int? RecentTasks { get; internal init; }

    /// <summary>How many of the tasks are completed; null without recent deals.</summary>
    public int? Completed { get; internal init; }

    /// <summary>How many of the tasks did not complete before their final deadline, whether they were claimed or not; null without recent deals.</summary>
    public int? Timeouts { get; internal init; }

    /// <summary>How many of the tasks can still complete; null without recent deals.</summary>
    public int? Open { get; internal init; }

    /// <summary>The share of completed tasks among those that have ended, in percent; null when none has ended.</summary>
    public double? CompletionPercent { get; internal init; }

    /// <summary>The median time from the deal to the result; null when no time is known.</summary>
    public TimeSpan? MedianTimeToResult { get; internal init; }

    /// <summary>The 95th percentile of the time from the deal to the result; null when no time is known.</summary>
    public TimeSpan? Percentile95TimeToResult { get; internal init; }

    /// <summary>How many completed tasks these two times cover; null without recent deals.</summary>
    public int? TimedTasks { get; internal init; }

    /// <summary>What is not known, one sentence each.</summary>
    public string[] Unknown { get; internal init; } = [];

    /// <summary>The time of the block this was read in (UTC).</summary>
    public DateTimeOffset BlockTimestamp { get; internal init; }

    /// <summary>The id of the chain this was read from.</summary>
    public long ChainId { get; internal init; }

    /// <summary>The contract's address.</summary>
    public override string ToString() => Address;
}
