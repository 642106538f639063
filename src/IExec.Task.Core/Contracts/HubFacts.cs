using System.Collections.Concurrent;

namespace IExec.Tasks.Contracts;

/// <summary>What a connection has learned of its hub and need not ask again.</summary>
internal sealed class HubFacts
{
    /// <summary>The hub's ratios; null until they are read.</summary>
    public DeadlineRatios? Ratios { get; set; }

    /// <summary>The categories that were read.</summary>
    public ConcurrentDictionary<ulong, DealCategory> Categories { get; } = new();
}
