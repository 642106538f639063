using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Contracts;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Http;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Connections;

/// <summary>Creates connections: fills in defaults, asks the node for its chain id, and checks that the hub is an iExec hub.</summary>
internal static class Connector
{
    /// <summary>The environment variable that names the chain where the user does not.</summary>
    public const string ChainVariable = "IEXEC_CHAIN";

    private const string RpcUrlVariable = "IEXEC_RPC_URL";

    /// <summary>Whether neither the user nor the environment names a chain or a node.</summary>
    public static bool TakesDefaultChain(ConnectionSettings settings)
    {
        var (chain, rpcUrls) = WithEnvironment(settings);
        return chain is null && rpcUrls.Count == 0;
    }

    /// <exception cref="IExecException">ChainUnknown, ChainMismatch, InvalidAddress, RpcUnavailable, RpcError, RateLimited.</exception>
    public static async Task<IExecConnection> ConnectAsync(ConnectionSettings settings, IDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        var (chainName, rpcUrls) = WithEnvironment(settings);
        if (chainName is null && rpcUrls.Count == 0)
            chainName = KnownChains.DefaultName;
        var wanted = chainName is null ? null : KnownChains.Find(chainName);
        var wantedId = wanted?.ChainId ?? ParseChainId(chainName);
        if (rpcUrls.Count == 0)
            rpcUrls = wanted is null ? throw Unknown(chainName!) : [wanted.RpcUrl];

        var http = HttpClientFactory.Create();
        var rpc = JsonRpcClient.Create(http, rpcUrls, new RetryPolicy(settings.MaximumRetryCount), settings.Timeout);
        try
        {
            // If the hub is already known, its ratios are read in the same request.
            var client = rpc.WithDiagnostics(diagnostics);
            var together = Address.TryParse(settings.HubAddress ?? wanted?.HubAddress, out var knownHub)
                ? await client.TryReadChainIdAsync(HubClient.RequestRatios(knownHub), cancellationToken).ConfigureAwait(false)
                : null;
            var chainId = ToChainId(together?[0].GetUInt64() ?? await client.ReadChainIdAsync(cancellationToken).ConfigureAwait(false));
            if (wantedId is { } expected && expected != chainId)
                throw new IExecException(IExecErrorId.ChainMismatch, $"The node at {Redaction.Url(rpcUrls[0])} serves chain {chainId}, not {chainName} ({expected}).");
            var chain = wanted ?? KnownChains.Find(chainId.ToString(CultureInfo.InvariantCulture));
            var hub = ParseAddress(settings.HubAddress ?? chain?.HubAddress ?? throw Unknown(chainId.ToString(CultureInfo.InvariantCulture)));
            var connection = new IExecConnection(http, rpc)
            {
                Chain = chain?.Name ?? chainId.ToString(CultureInfo.InvariantCulture),
                ChainId = chainId,
                RpcUrl = [.. rpcUrls.Select(Redaction.Url)],
                HubAddress = hub.ToString(),
                Compass = settings.CompassUrl ?? chain?.CompassUrl,
                Subgraph = settings.SubgraphUrl ?? chain?.SubgraphUrl,
                MarketApi = settings.MarketApiUrl ?? chain?.MarketApiUrl,
                Gateways = settings.IpfsGatewayUrls.Count > 0 ? [.. settings.IpfsGatewayUrls] : chain is null ? [] : [chain.IpfsGatewayUrl],
                WorkerpoolApiHost = [.. settings.WorkerpoolApiHosts],
                EnsRegistryAddress = (settings.EnsRegistryAddress ?? chain?.EnsRegistryAddress) is { } registry ? ParseAddress(registry).ToString() : null,
                Currency = new Currency(chain?.Currency),
                FirstBlock = chain is not null && hub == ParseAddress(chain.HubAddress) ? chain.FirstBlock : 0,
                IsGasFree = chain?.IsGasFree ?? false,
                Confirmations = settings.Confirmations,
                Timeout = settings.Timeout,
                MaximumRetryCount = settings.MaximumRetryCount,
                Signer = settings.Signer,
            };
            connection.HubFacts.Ratios = together is [_, var contribution, var final] ? HubClient.ReadRatios(contribution, final) : null;
            await connection.Open(diagnostics).Hub.ReadRatiosAsync(cancellationToken).ConfigureAwait(false);
            diagnostics.Verbose($"Connected to {connection.Chain} (chain {chainId}) at {Redaction.Url(rpcUrls[0])}, hub {hub}.");
            return connection;
        }
        catch
        {
            rpc.Dispose();
            http.Dispose();
            throw;
        }
    }

    /// <summary>The environment variables apply when the user gives neither chain nor node.</summary>
    private static (string? Chain, IReadOnlyList<Uri> RpcUrls) WithEnvironment(ConnectionSettings settings)
    {
        if (settings.Chain is not null || settings.RpcUrls.Count > 0)
            return (settings.Chain, settings.RpcUrls);
        var chain = Environment.GetEnvironmentVariable(ChainVariable);
        var url = Environment.GetEnvironmentVariable(RpcUrlVariable);
        return (string.IsNullOrEmpty(chain) ? null : chain, string.IsNullOrEmpty(url) ? [] : [ParseRpcUrl(url)]);
    }

    private static Uri ParseRpcUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" or "ws" or "wss" && url.HostName() is not null
            ? url
            : throw new IExecException(
                IExecErrorId.RpcUnavailable,
                $"The environment variable {RpcUrlVariable} does not hold an http, https, ws or wss URL.",
                $"Set {RpcUrlVariable} to the node's URL, or connect with -RpcUrl.");

    private static long ToChainId(ulong id) => id <= long.MaxValue
        ? (long)id
        : throw new IExecException(IExecErrorId.RpcError, $"The RPC node returned {id} as its chain id, which is out of range.");

    private static long? ParseChainId(string? chain) => chain is null
        ? null
        : long.TryParse(chain, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw Unknown(chain);

    private static Address ParseAddress(string text) => Address.TryParse(text, out var address)
        ? address
        : throw new IExecException(IExecErrorId.InvalidAddress, $"'{text}' is not an address.");

    private static IExecException Unknown(string chain) =>
        new(IExecErrorId.ChainUnknown, $"'{chain}' is not a known chain, and no hub address was given for it.");
}
