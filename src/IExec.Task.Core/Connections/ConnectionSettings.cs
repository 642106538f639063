using System;
using System.Collections.Generic;

namespace IExec.Tasks.Connections;

/// <summary>The user's settings of a connection; defaults come from the chain.</summary>
internal sealed record ConnectionSettings
{
    /// <summary>A known chain's name, or any chain's id in decimal; null to use the node's chain.</summary>
    public string? Chain { get; init; }

    /// <summary>The RPC nodes, in the order in which they are tried; empty for the chain's public one.</summary>
    public IReadOnlyList<Uri> RpcUrls { get; init; } = [];

    /// <summary>The hub; null for the chain's own.</summary>
    public string? HubAddress { get; init; }

    /// <summary>The Compass service; null for the chain's own, if it has one.</summary>
    public Uri? CompassUrl { get; init; }

    /// <summary>The PoCo subgraph; null for the chain's own, if it has one.</summary>
    public Uri? SubgraphUrl { get; init; }

    /// <summary>The market API; null for the chain's own, if it has one.</summary>
    public Uri? MarketApiUrl { get; init; }

    /// <summary>The IPFS gateways, in the order in which they are tried; empty for the chain's own.</summary>
    public IReadOnlyList<Uri> IpfsGatewayUrls { get; init; } = [];

    /// <summary>The only hosts of schedulers to use; empty for any.</summary>
    public IReadOnlyList<string> WorkerpoolApiHosts { get; init; } = [];

    /// <summary>The ENS registry; null for the chain's own, if it has one.</summary>
    public string? EnsRegistryAddress { get; init; }

    /// <summary>How many confirmations a transaction needs; its own block is the first.</summary>
    public int Confirmations { get; init; } = 1;

    /// <summary>The time for one request.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a failed request is repeated on one node.</summary>
    public int MaximumRetryCount { get; init; } = 3;

    /// <summary>The signer; null for a read-only connection. The connection disposes of it.</summary>
    public ISigner? Signer { get; init; }
}
