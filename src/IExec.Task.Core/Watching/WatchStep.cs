using System;
using System.Collections.Generic;

namespace IExec.Tasks.Watching;

/// <summary>The results of one poll.</summary>
internal sealed record WatchStep
{
    /// <summary>The updates, in the chain's order.</summary>
    public IReadOnlyList<IExecTaskUpdate> Updates { get; init; } = [];

    /// <summary>Targets that are no longer watched, for error records, and why.</summary>
    public IReadOnlyList<(object Input, IExecException Failure)> Failures { get; init; } = [];

    /// <summary>Warnings for the user.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>How many of the tasks are still open.</summary>
    public int Open { get; init; }

    /// <summary>The chain's clock (UTC); null until it has been read.</summary>
    public DateTimeOffset? Clock { get; init; }

    /// <summary>The next deadline of any open task, on the chain's clock; null when there is none.</summary>
    public DateTimeOffset? NextDeadline { get; init; }
}
