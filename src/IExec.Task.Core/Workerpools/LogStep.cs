using System.Collections.Generic;

namespace IExec.Tasks.Workerpools;

/// <summary>What asking for the logs of one task, or of all, gave.</summary>
internal sealed record LogStep
{
    /// <summary>What is new.</summary>
    public IReadOnlyList<IExecTaskLog> Logs { get; init; } = [];

    /// <summary>The task that was asked about; null when the chain was asked about all.</summary>
    public FollowedLogs? Asked { get; init; }

    /// <summary>Why nothing came; null when all is well.</summary>
    public IExecException? Failure { get; init; }

    /// <summary>Whether it is asked again.</summary>
    public bool GoesOn { get; init; }

    /// <summary>What the user should know.</summary>
    public string? Warning { get; init; }
}
