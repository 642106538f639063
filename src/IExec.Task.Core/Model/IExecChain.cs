using System;

namespace IExec.Tasks;

/// <summary>A chain that runs the iExec protocol, with its public endpoints. Every endpoint can be replaced when connecting.</summary>
public sealed class IExecChain
{
    internal IExecChain(string name, long chainId, string rpcUrl, string hubAddress, string ipfsGatewayUrl, string currency, long firstBlock, string subgraphUrl, string marketApiUrl, string? compassUrl = null, string? ensRegistryAddress = null, bool isGasFree = false)
    {
        Name = name;
        ChainId = chainId;
        RpcUrl = new Uri(rpcUrl);
        HubAddress = hubAddress;
        IpfsGatewayUrl = new Uri(ipfsGatewayUrl);
        CompassUrl = compassUrl is null ? null : new Uri(compassUrl);
        EnsRegistryAddress = ensRegistryAddress;
        Currency = currency;
        IsGasFree = isGasFree;
        FirstBlock = firstBlock;
        SubgraphUrl = new Uri(subgraphUrl);
        MarketApiUrl = new Uri(marketApiUrl);
    }

    /// <summary>The name that <c>Connect-IExec -Chain</c> takes.</summary>
    public string Name { get; }

    /// <summary>The chain's id (EIP-155).</summary>
    public long ChainId { get; }

    /// <summary>The public RPC node.</summary>
    public Uri RpcUrl { get; }

    /// <summary>The address of the hub, the entry point of the PoCo contracts (EIP-55).</summary>
    public string HubAddress { get; }

    /// <summary>The IPFS gateway that serves results.</summary>
    public Uri IpfsGatewayUrl { get; }

    /// <summary>The Compass service, which knows where each workerpool's API is; null on chains that use ENS for that.</summary>
    public Uri? CompassUrl { get; }

    /// <summary>The PoCo subgraph, an index that searches use.</summary>
    public Uri SubgraphUrl { get; }

    /// <summary>The market API, another index that searches use.</summary>
    public Uri MarketApiUrl { get; }

    /// <summary>The address of the ENS registry (EIP-55); null where the chain has none.</summary>
    public string? EnsRegistryAddress { get; }

    /// <summary>The short name of the chain's own currency, in which gas is paid.</summary>
    public string Currency { get; }

    /// <summary>Whether the gas price of transactions is always zero on this chain.</summary>
    public bool IsGasFree { get; }

    /// <summary>The block in which the hub was deployed; earlier ones have no events of the protocol.</summary>
    internal long FirstBlock { get; }

    /// <summary>The chain's name.</summary>
    public override string ToString() => Name;
}
