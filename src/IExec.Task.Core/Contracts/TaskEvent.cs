using System;
using System.Numerics;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Contracts;

/// <summary>An event of a task, out of the hub's log or inferred from the task's states.</summary>
internal sealed record TaskEvent
{
    public required IExecTaskEventKind Event { get; init; }

    public Bytes32 TaskId { get; init; }

    /// <summary>Who contributed or revealed, or whose contribution was judged (EIP-55); null for other events.</summary>
    public string? Worker { get; init; }

    /// <summary>Whose RLC it is about; null for other events than <see cref="IExecTaskEventKind.Rewarded"/> and <see cref="IExecTaskEventKind.Seized"/>.</summary>
    public Address? Account { get; init; }

    /// <summary>How much it got or lost, in nRLC; null where there is no account.</summary>
    public BigInteger? Amount { get; init; }

    /// <summary>The hash of a contribution or of the consensus, or the digest of a reveal; null for other events.</summary>
    public string? Hash { get; init; }

    /// <summary>The result that was stored; null for events other than <see cref="IExecTaskEventKind.Finalized"/>.</summary>
    public IExecTaskResultLink? Result { get; init; }

    public required long BlockNumber { get; init; }

    /// <summary>The place in the block.</summary>
    public required long LogIndex { get; init; }

    /// <summary>The transaction that did it; null for an event that was inferred.</summary>
    public string? TransactionHash { get; init; }

    /// <summary>The block's time; null where the node does not send it along.</summary>
    public DateTimeOffset? Timestamp { get; init; }
}
