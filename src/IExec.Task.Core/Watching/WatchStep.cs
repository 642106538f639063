using System;
using System.Collections.Generic;

namespace IExec.Tasks.Watching;

/// <summary>What one look at the chain gave.</summary>
internal sealed record WatchStep
{
    /// <summary>The news, in the chain's order.</summary>
    public IReadOnlyList<IExecTaskUpdate> Updates { get; init; } = [];

    /// <summary>What is not watched any further, as error records name it, and why.</summary>
    public IReadOnlyList<(object Input, IExecException Failure)> Failures { get; init; } = [];

    /// <summary>What the user should know.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>How many of the tasks are still open.</summary>
    public int Open { get; init; }

    /// <summary>The chain's clock (UTC); null as long as it could not be read.</summary>
    public DateTimeOffset? Clock { get; init; }

    /// <summary>The next deadline of any open task, on the chain's clock; null when there is none.</summary>
    public DateTimeOffset? NextDeadline { get; init; }
}
