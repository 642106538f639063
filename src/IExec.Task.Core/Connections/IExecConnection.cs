using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using IExec.Tasks.Connections;
using IExec.Tasks.Contracts;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Transport.Http;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks;

/// <summary>
/// A chain, the endpoints that reach it, and an optional signing key. Created by <c>Connect-IExec</c>; safe to use from several threads
/// and runspaces at once.
/// </summary>
public sealed class IExecConnection : IDisposable
{
    private readonly Lazy<HttpClient> _internetHttp = new(HttpClientFactory.CreateForInternet);
    private readonly Lazy<HttpClient> _downloadHttp = new(() => HttpClientFactory.Create(DecompressionMethods.None));
    private readonly ConcurrentDictionary<string, LogWidth> _logWidths = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _closing = new();

    internal IExecConnection(HttpClient http, JsonRpcClient rpc)
    {
        Closing = _closing.Token;
        Http = http;
        Rpc = rpc;
    }

    /// <summary>The chain's name, or its id if the module does not know the chain.</summary>
    public string Chain { get; internal init; } = "";

    /// <summary>The chain's id, as the node returned it.</summary>
    public long ChainId { get; internal init; }

    /// <summary>The account that the connection signs for (EIP-55); null when it is read-only.</summary>
    public string? Address => Signer?.Address.ToString();

    /// <summary>The RPC nodes; the next is used when one fails. Shown without what may be a key or a password.</summary>
    public string[] RpcUrl { get; internal init; } = [];

    /// <summary>The address of the hub (EIP-55).</summary>
    public string HubAddress { get; internal init; } = "";

    /// <summary>The Compass service, which knows workerpools' API URLs; null on chains that use ENS for that. Shown without what may be a key or a password.</summary>
    public Uri? CompassUrl => Compass is null ? null : Redaction.ToUri(Compass);

    /// <summary>The PoCo subgraph, an index that searches use; null where there is none. Shown without what may be a key or a password.</summary>
    public Uri? SubgraphUrl => Subgraph is null ? null : Redaction.ToUri(Subgraph);

    /// <summary>The market API, another index that searches use; null where there is none. Shown without what may be a key or a password.</summary>
    public Uri? MarketApiUrl => MarketApi is null ? null : Redaction.ToUri(MarketApi);

    /// <summary>The IPFS gateways; the next is used when one fails. Shown without what may be a key or a password.</summary>
    public Uri[] IpfsGatewayUrl => [.. Gateways.Select(Redaction.ToUri)];

    /// <summary>The only hosts of schedulers to use; empty for any.</summary>
    public string[] WorkerpoolApiHost { get; internal init; } = [];

    /// <summary>The address of the ENS registry (EIP-55); null where there is none.</summary>
    public string? EnsRegistryAddress { get; internal init; }

    /// <summary>How many confirmations a transaction needs; its own block is the first.</summary>
    public int Confirmations { get; internal init; }

    /// <summary>The seconds that one request may take.</summary>
    public int TimeoutSec => (int)Timeout.TotalSeconds;

    /// <summary>How often a failed request is repeated on one node.</summary>
    public int MaximumRetryCount { get; internal init; }

    /// <summary>Cancelled when the connection is closed, before the key is wiped.</summary>
    internal CancellationToken Closing { get; }

    /// <summary>The Compass service with its secrets.</summary>
    internal Uri? Compass { get; init; }

    /// <summary>The PoCo subgraph with its secrets.</summary>
    internal Uri? Subgraph { get; init; }

    /// <summary>The market API with its secrets.</summary>
    internal Uri? MarketApi { get; init; }

    /// <summary>The IPFS gateways with their secrets.</summary>
    internal IReadOnlyList<Uri> Gateways { get; init; } = [];

    internal TimeSpan Timeout { get; init; }

    internal Currency Currency { get; init; } = new(null);

    /// <summary>The hub's first block; 0 where that is not known.</summary>
    internal long FirstBlock { get; init; }

    internal bool IsGasFree { get; init; }

    internal ISigner? Signer { get; init; }

    /// <summary>For the URLs that the user named.</summary>
    internal HttpClient Http { get; }

    /// <summary>For URLs from untrusted sources.</summary>
    internal HttpClient InternetHttp => _internetHttp.Value;

    /// <summary>For downloads from the gateways that the user named: decompresses nothing, since they are resumed by position.</summary>
    internal HttpClient DownloadHttp => _downloadHttp.Value;

    internal JsonRpcClient Rpc { get; }

    internal HubFacts HubFacts { get; } = new();

    /// <summary>How many blocks each node accepts in a request for events, by the node's name.</summary>
    internal LogWidth LogWidth(string node) => _logWidths.GetOrAdd(node, _ => new LogWidth());

    internal ReadSupport ReadSupport { get; } = new();

    internal LogAuthorizations LogAuthorizations { get; } = new();

    /// <summary>Starts one command's work with this connection.</summary>
    /// <exception cref="IExecException">ConnectionRequired: the connection was closed.</exception>
    internal IExecSession Open(IDiagnostics diagnostics) => Closing.IsCancellationRequested ? throw Closed() : new IExecSession(this, diagnostics);

    /// <summary>The error when the connection is closed.</summary>
    internal IExecException Closed() => new(IExecErrorId.ConnectionRequired, $"The connection to {Chain} was closed.");

    /// <summary>The signer.</summary>
    /// <exception cref="IExecException">SignerRequired: the connection has no key.</exception>
    internal ISigner RequireSigner() =>
        Signer ?? throw new IExecException(IExecErrorId.SignerRequired, $"This needs a signature, and the connection to {Chain} has no key.");

    /// <summary>Wipes the key and forgets the log authorizations; the rest stays usable.</summary>
    internal void WipeKey()
    {
        Signer?.Dispose();
        LogAuthorizations.Clear();
    }

    /// <summary>Closes the connection and wipes its key.</summary>
    public void Dispose()
    {
        if (Closing.IsCancellationRequested)
            return;
        _closing.Cancel();
        _closing.Dispose();
        WipeKey();
        Rpc.Dispose();
        Http.Dispose();
        foreach (var http in new[] { _internetHttp, _downloadHttp }.Where(http => http.IsValueCreated))
            http.Value.Dispose();
    }

    /// <summary>The chain's name.</summary>
    public override string ToString() => Chain;
}
