using System.Collections.Concurrent;

namespace IExec.Tasks.Contracts;

/// <summary>Facts about the hub that a connection reads once.</summary>
internal sealed class HubFacts
{
    /// <summary>The hub's ratios; null until they are read.</summary>
    public DeadlineRatios? Ratios { get; set; }

    /// <summary>The categories that have been read.</summary>
    public ConcurrentDictionary<ulong, DealCategory> Categories { get; } = new();
}
