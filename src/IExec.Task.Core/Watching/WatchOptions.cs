using System;
using System.Collections.Generic;

namespace IExec.Tasks.Watching;

/// <summary>The options of a watch.</summary>
internal sealed record WatchOptions
{
    /// <summary>The pause between two polls.</summary>
    public TimeSpan PollingInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>When the watch ends even if tasks are open; null for never.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How much of the timeout has passed when the watch starts.</summary>
    public TimeSpan Spent { get; init; }

    /// <summary>Inputs whose tasks could not be read within the timeout; they count as open.</summary>
    public IReadOnlyList<object> Unread { get; init; } = [];

    /// <summary>Whether to emit every event, not only changes of status.</summary>
    public bool IsDetailed { get; init; }

    /// <summary>After how long without a new block the user is warned.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(1);
}
