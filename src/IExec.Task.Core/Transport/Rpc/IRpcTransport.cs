using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.Transport.Rpc;

/// <summary>A way to one node.</summary>
internal interface IRpcTransport
{
    /// <summary>The node's name in messages, without secrets.</summary>
    string Name { get; }

    /// <summary>What is secret in its URL, and must not be shown when the node repeats it.</summary>
    UrlSecrets Secrets { get; }

    /// <summary>Sends a JSON-RPC request or batch and returns the answer.</summary>
    /// <exception cref="HttpFailureException">There is no answer.</exception>
    Task<RpcAnswer> SendAsync(RpcPayload request, IDiagnostics diagnostics, CancellationToken cancellationToken);
}
