using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.Transport.Rpc;

/// <summary>Sends requests to one node.</summary>
internal interface IRpcTransport
{
    /// <summary>The node's name in messages, without secrets.</summary>
    string Name { get; }

    /// <summary>The secrets in its URL, which must not be shown when the node repeats them.</summary>
    UrlSecrets Secrets { get; }

    /// <summary>Sends a JSON-RPC request or batch and returns the response.</summary>
    /// <exception cref="HttpFailureException">There is no response.</exception>
    Task<RpcAnswer> SendAsync(RpcPayload request, IDiagnostics diagnostics, CancellationToken cancellationToken);
}
