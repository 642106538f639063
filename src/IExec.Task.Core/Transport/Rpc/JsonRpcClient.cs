using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.Transport.Rpc;

/// <summary>
/// A JSON-RPC 2.0 client of one or several nodes. A request that may be repeated is retried at the same node, then at the next; the node that
/// answered last comes first from then on. Once the chain is known, a node is used only after it has proved to serve that chain.
/// </summary>
internal sealed class JsonRpcClient : IDisposable
{
    private static readonly RpcRequest GetChainId = new("eth_chainId");

    /// <summary>How much of a request or a response is written to the debug stream, after secrets are removed.</summary>
    private const int LongestQuote = 2048;

    private readonly RpcNodes _nodes;
    private readonly RetryPolicy _retry;
    private readonly IDiagnostics _diagnostics;

    public JsonRpcClient(IReadOnlyList<IRpcTransport> nodes, RetryPolicy retry)
        : this(new RpcNodes(nodes), retry, NoDiagnostics.Instance)
    {
    }

    private JsonRpcClient(RpcNodes nodes, RetryPolicy retry, IDiagnostics diagnostics)
    {
        _nodes = nodes;
        _retry = retry;
        _diagnostics = diagnostics;
    }

    /// <summary>Creates a client of nodes with HTTP or WebSocket URLs.</summary>
    /// <param name="http">A client of <see cref="HttpClientFactory"/>.</param>
    /// <param name="urls">The nodes in the order in which they are tried.</param>
    /// <param name="retry">How failed requests are retried at one node.</param>
    /// <param name="timeout">The time for one attempt.</param>
    public static JsonRpcClient Create(HttpClient http, IEnumerable<Uri> urls, RetryPolicy retry, TimeSpan timeout) =>
        new([.. urls.Select(url => Transport(http, url, timeout))], retry);

    /// <summary>The node that answered last.</summary>
    public string Node => _nodes[_nodes.Preferred].Name;

    /// <summary>The nodes that accept subscriptions.</summary>
    public IEnumerable<WebSocketRpcTransport> Subscribable => _nodes.OfType<WebSocketRpcTransport>();

    /// <summary>The same nodes and connections, with messages to one caller.</summary>
    public JsonRpcClient WithDiagnostics(IDiagnostics diagnostics) => new(_nodes, _retry, diagnostics);

    /// <summary>Asks for the chain id, and requires every node to have the same from then on.</summary>
    /// <exception cref="IExecException">RpcError, RpcUnavailable, RateLimited.</exception>
    public async Task<ulong> ReadChainIdAsync(CancellationToken cancellationToken)
    {
        var chainId = (await SendAsync(GetChainId, cancellationToken).ConfigureAwait(false)).GetUInt64();
        _nodes.MarkAsVerified(_nodes.Preferred, chainId);
        return chainId;
    }

    /// <summary>
    /// The same together with other requests, in one batch: one round trip instead of two. The first reply is the chain id. Null when the node does not
    /// accept the batch.
    /// </summary>
    /// <exception cref="IExecException">RpcError, RpcUnavailable, RateLimited.</exception>
    public async Task<RpcReply[]?> TryReadChainIdAsync(IEnumerable<RpcRequest> others, CancellationToken cancellationToken)
    {
        RpcReply[] replies;
        try
        {
            replies = await SendBatchAsync([GetChainId, .. others], cancellationToken).ConfigureAwait(false);
        }
        catch (IExecException exception) when (RpcFailures.IsBatchRefusal(exception))
        {
            _diagnostics.Verbose($"The node does not take a JSON-RPC batch; asking one by one: {exception.Message}");
            return null;
        }

        if (replies[0].Error is not null)
            return null;
        _nodes.MarkAsVerified(_nodes.Preferred, replies[0].GetUInt64());
        return replies;
    }

    /// <summary>Sends one request.</summary>
    /// <exception cref="RpcException">The node answered with an error.</exception>
    /// <exception cref="IExecException">RpcUnavailable or RateLimited: no node responded.</exception>
    public Task<RpcReply> SendAsync(RpcRequest request, CancellationToken cancellationToken) => SendAsync(Work(request), cancellationToken);

    /// <summary>Sends requests that may be repeated in one batch, and returns their replies in the same order. A single reply may be an error.</summary>
    /// <exception cref="RpcException">
    /// The node refused the batch as a whole (<see cref="RpcException.IsBatchRefusal"/>), or a part of it for a temporary reason after all retries.
    /// </exception>
    /// <exception cref="IExecException">RpcUnavailable or RateLimited: no node responded.</exception>
    public Task<RpcReply[]> SendBatchAsync(IReadOnlyList<RpcRequest> requests, CancellationToken cancellationToken)
    {
        if (requests.Count == 0)
            return Task.FromResult<RpcReply[]>([]);
        var firstId = _nodes.TakeIds(requests.Count);
        var work = new RpcWork<RpcReply[]>(
            $"A batch of {requests.Count}",
            RpcPayload.Of(requests, firstId),
            requests.All(request => request.MayRepeat),
            IsBatch: true,
            answer => ThrowIfPassing(RpcEnvelope.ReadBatch(answer, requests, firstId)));
        return SendAsync(work, cancellationToken);
    }

    /// <summary>Closes the connections to the nodes, for all clients that share them.</summary>
    public void Dispose()
    {
        foreach (var node in Subscribable)
            node.Dispose();
    }

    private static IRpcTransport Transport(HttpClient http, Uri url, TimeSpan timeout) =>
        url.Scheme is "ws" or "wss" ? new WebSocketRpcTransport(url, timeout) : new HttpRpcTransport(http, url, timeout);

    private RpcWork<RpcReply> Work(RpcRequest request)
    {
        var id = _nodes.TakeIds(1);
        return new RpcWork<RpcReply>(
            request.Method,
            RpcPayload.Of(request, id),
            request.MayRepeat,
            IsBatch: false,
            answer => ThrowIfError(RpcEnvelope.ReadSingle(answer, request, id)));
    }

    private async Task<T> SendAsync<T>(RpcWork<T> work, CancellationToken cancellationToken)
    {
        var failed = new List<string>();
        for (var turn = _nodes.Preferred; ; turn++)
        {
            var thisTurn = turn;
            var node = _nodes[turn];
            try
            {
                var reply = await _retry.RunAsync(
                    async () =>
                    {
                        await VerifyChainAsync(thisTurn, cancellationToken).ConfigureAwait(false);
                        return await AttemptAsync(node, work, cancellationToken).ConfigureAwait(false);
                    },
                    exception => RpcFailures.MayRepeat(exception, work.MayRepeat),
                    _diagnostics,
                    cancellationToken).ConfigureAwait(false);
                _nodes.Preferred = turn;
                return reply;
            }
            catch (Exception exception) when (RpcFailures.IsExpected(exception))
            {
                failed.Add(node.Name);
                if (failed.Count == _nodes.Count || !RpcFailures.MayTurn(exception, work.MayRepeat))
                    throw RpcFailures.ToError(exception, failed);
                _diagnostics.Verbose($"{exception.Message} Failing over to {_nodes[turn + 1].Name}.");
            }
        }
    }

    /// <summary>Asks a node that was not used so far for its chain id, so that responses of another chain are never used.</summary>
    private async Task VerifyChainAsync(int turn, CancellationToken cancellationToken)
    {
        if (_nodes.ChainToVerify(turn) is not { } expected)
            return;
        var node = _nodes[turn];
        var actual = (await AttemptAsync(node, Work(GetChainId), cancellationToken).ConfigureAwait(false)).GetUInt64();
        if (actual != expected)
            throw new IExecException(IExecErrorId.ChainMismatch, $"The node at {node.Name} serves chain {actual}, not {expected} as the others do.");
        _nodes.MarkAsVerified(turn, expected);
    }

    private async Task<T> AttemptAsync<T>(IRpcTransport node, RpcWork<T> work, CancellationToken cancellationToken)
    {
        _diagnostics.Debug($"{work.Name} to {node.Name}, {work.Payload.Utf8.Length} bytes: {Quote(node, work.Payload.Utf8)}");
        try
        {
            var answer = await node.SendAsync(work.Payload, _diagnostics, cancellationToken).ConfigureAwait(false);
            _diagnostics.Debug($"{node.Name} answers: {Quote(node, answer.Utf8)}");
            return work.Read(answer);
        }
        catch (HttpFailureException failure) when (failure is { IsRateLimit: false, Answer: not null })
        {
            // Many nodes return the JSON-RPC error in the body of a response with an error status.
            if (RpcEnvelope.FindError(new RpcAnswer(failure.Answer.Body, node.Secrets), work.IsBatch) is { } error)
                throw error;
            throw;
        }
        catch (JsonException exception)
        {
            throw new HttpFailureException(HttpFailureKind.Malformed, $"{node.Name} gave an answer that is not JSON-RPC: {exception.Message}", exception);
        }
    }

    /// <summary>The beginning of a request or a response, safe to show.</summary>
    private static string Quote(IRpcTransport node, ReadOnlyMemory<byte> utf8) =>
        Redaction.Untrusted(node.Secrets.Hide(Encoding.UTF8.GetString(utf8.Span[..Math.Min(utf8.Length, LongestQuote)])), LongestQuote);

    private static RpcReply ThrowIfError(RpcReply reply) => reply.Error is null ? reply : throw reply.Error;

    private static RpcReply[] ThrowIfPassing(RpcReply[] replies) =>
        Array.Find(replies, reply => reply.Error is { } error && RpcFailures.IsPassing(error)) is { } failed ? throw failed.Error! : replies;
}
