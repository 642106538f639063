using System.Collections.Generic;

namespace IExec.Tasks.Workerpools;

/// <summary>The result of reading the logs of one task, or the states of all.</summary>
internal sealed record LogStep
{
    /// <summary>The new logs.</summary>
    public IReadOnlyList<IExecTaskLog> Logs { get; init; } = [];

    /// <summary>The task; null for all of them.</summary>
    public FollowedLogs? Asked { get; init; }

    /// <summary>The failure; null on success.</summary>
    public IExecException? Failure { get; init; }

    /// <summary>Whether it is retried.</summary>
    public bool GoesOn { get; init; }

    /// <summary>A warning for the user.</summary>
    public string? Warning { get; init; }
}
