using System;

namespace IExec.Tasks;

/// <summary>A past or current status of a task, or of a worker's part in it.</summary>
public sealed class IExecTaskOffchainStatus
{
    internal IExecTaskOffchainStatus()
    {
    }

    /// <summary>The status. An open set: unknown ones pass through.</summary>
    public string? Status { get; internal init; }

    /// <summary>When it began (UTC); null when the scheduler gives no date that can be read.</summary>
    public DateTimeOffset? Date { get; internal init; }

    /// <summary>How long it lasted, until the next status began; null for the last one.</summary>
    public TimeSpan? Duration { get; internal init; }

    /// <summary>Why, for a worker's failure: such as APP_COMPUTE_FAILED (iexec-common, <c>ReplicateStatusCause</c>); null when none is given. An open set.</summary>
    public string? Cause { get; internal init; }

    /// <summary>What the status or its cause means and what to do about it, for known causes and failing states; null for others.</summary>
    public string? Explanation { get; internal init; }

    /// <summary>The transaction that belongs to the status; null when there is none.</summary>
    public string? TransactionHash { get; internal init; }

    /// <summary>The status, and its cause if there is one.</summary>
    public override string ToString() => Cause is null ? Status ?? "" : $"{Status} ({Cause})";
}
