using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace IExec.Tasks.Connections;

/// <summary>The chains the module knows. Source: the iExec SDK's configuration, versions 8.24 and 9.0; the hubs' first blocks: PoCo-subgraph 2.1.2.</summary>
internal static class KnownChains
{
    /// <summary>The chain that is used when none is chosen.</summary>
    public const string DefaultName = "arbitrum-mainnet";

    private const string Ether = "ETH";

    public static IReadOnlyList<IExecChain> All { get; } =
    [
        new(
            DefaultName,
            42161,
            "https://arb1.arbitrum.io/rpc",
            "0x098bFCb1E50ebcA0BaA92C12eA0c3F045A1aD9f0",
            "https://ipfs-gateway.arbitrum-mainnet.iex.ec",
            Ether,
            firstBlock: 363_864_242,
            subgraphUrl: "https://thegraph.arbitrum.iex.ec/api/subgraphs/id/B1comLe9SANBLrjdnoNTJSubbeC7cY7EoNu6zD82HeKy",
            marketApiUrl: "https://api.market.arbitrum-mainnet.iex.ec",
            compassUrl: "https://compass.arbitrum-mainnet.iex.ec"),
        new(
            "arbitrum-sepolia-testnet",
            421614,
            "https://sepolia-rollup.arbitrum.io/rpc",
            "0xB2157BF2fAb286b2A4170E3491Ac39770111Da3E",
            "https://ipfs-gateway.arbitrum-sepolia-testnet.iex.ec",
            Ether,
            firstBlock: 178_282_956,
            subgraphUrl: "https://thegraph.arbitrum-sepolia-testnet.iex.ec/api/subgraphs/id/2GCj8gzLCihsiEDq8cYvC5nUgK6VfwZ6hm3Wj8A3kcxz",
            marketApiUrl: "https://api-market.arbitrum-sepolia-testnet.iex.ec",
            compassUrl: "https://compass.arbitrum-sepolia-testnet.iex.ec"),
        new(
            "bellecour",
            134,
            "https://bellecour.iex.ec",
            "0x3eca1B216A7DF1C7689aEb259fFB83ADFB894E7f",
            "https://ipfs-gateway.v8-bellecour.iex.ec",
            Currency.Rlc,
            firstBlock: 4_543_300,
            subgraphUrl: "https://thegraph.iex.ec/subgraphs/name/bellecour/poco-v5",
            marketApiUrl: "https://api.market.v8-bellecour.iex.ec",
            ensRegistryAddress: "0x5f5B93fca68c9C79318d1F3868A354EE67D8c006",
            isGasFree: true),
    ];

    /// <summary>The chain with this name (any case) or this id in decimal; null when the module does not know it.</summary>
    public static IExecChain? Find(string nameOrId) => long.TryParse(nameOrId, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? All.FirstOrDefault(chain => chain.ChainId == id)
        : All.FirstOrDefault(chain => string.Equals(chain.Name, nameOrId, StringComparison.OrdinalIgnoreCase));
}
