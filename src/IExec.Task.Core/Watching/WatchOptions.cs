using System;
using System.Collections.Generic;

namespace IExec.Tasks.Watching;

/// <summary>How a watch is kept.</summary>
internal sealed record WatchOptions
{
    /// <summary>The pause between two looks at the chain.</summary>
    public TimeSpan PollingInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>When the watch ends although tasks are open; null for never.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How much of the timeout is over when the watch begins.</summary>
    public TimeSpan Spent { get; init; }

    /// <summary>Inputs that name tasks which could not be found within the time; they are open when it is over.</summary>
    public IReadOnlyList<object> Unread { get; init; } = [];

    /// <summary>Whether every event is told, not only those that change a task's status.</summary>
    public bool IsDetailed { get; init; }

    /// <summary>After how long without a new block the user is warned.</summary>
    public TimeSpan StallPatience { get; init; } = TimeSpan.FromMinutes(1);
}
