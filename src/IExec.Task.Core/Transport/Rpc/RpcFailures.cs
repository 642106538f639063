using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.Transport.Rpc;

/// <summary>Classifies a failed attempt at a node: whether it may be retried, and which error it becomes.</summary>
internal static class RpcFailures
{
    private const long InternalError = -32603;

    /// <summary>geth's general code, for anything from "header not found" to "execution reverted".</summary>
    private const long ServerError = -32000;

    /// <summary>Words in errors that a retry does not solve: those of the contract, the account or the call itself.</summary>
    private static readonly string[] LastingWords = ["revert", "gas", "opcode", "funds", "nonce", "invalid"];

    public static bool IsExpected(Exception exception) => exception is HttpFailureException or RpcException;

    /// <summary>
    /// Whether to retry at the same node. A response that is not JSON-RPC, such as an HTML page of a proxy or a truncated one, is rarely the node's
    /// own, and is retried like a reset.
    /// </summary>
    public static bool MayRepeat(Exception exception, bool isRepeatable) => exception switch
    {
        HttpFailureException { Kind: HttpFailureKind.ConnectFailed } => true,
        HttpFailureException failure => isRepeatable && (failure.IsTransient || failure.Kind == HttpFailureKind.Malformed),
        RpcException error => isRepeatable && IsPassing(error),
        _ => false,
    };

    /// <summary>Whether to fail over to another node: also when this one redirects or rejects the credentials.</summary>
    public static bool MayTurn(Exception exception, bool isRepeatable) =>
        MayRepeat(exception, isRepeatable) || (isRepeatable && exception is HttpFailureException);

    /// <summary>The error for the caller, after the last failure.</summary>
    public static IExecException ToError(Exception exception, IReadOnlyList<string> nodes) => exception switch
    {
        RpcException error => error,
        HttpFailureException { IsTooLong: true } => RpcException.TooLong(),
        HttpFailureException { IsRateLimit: true } => new IExecException(IExecErrorId.RateLimited, Describe(exception, nodes), null, exception),
        _ => new IExecException(IExecErrorId.RpcUnavailable, Describe(exception, nodes), null, exception.InnerException ?? exception),
    };

    /// <summary>Whether a retry of the same request may succeed.</summary>
    public static bool IsPassing(RpcException error) =>
        error.ErrorData is null
        && !error.IsTooManyLogs
        && (error.IsRateLimit
            || (error.Code is InternalError or ServerError && !LastingWords.Any(word => error.NodeMessage.Contains(word, StringComparison.OrdinalIgnoreCase))));

    /// <summary>Whether the requests of a batch that failed like this may succeed one by one. Nodes refuse batches, or large ones, in many ways.</summary>
    public static bool IsBatchRefusal(IExecException exception) =>
        exception is RpcException { IsBatchRefusal: true } or RpcException { IsTooMuch: true }
        || exception.InnerException is HttpFailureException { IsTransient: false } or JsonException;

    private static string Describe(Exception last, IReadOnlyList<string> nodes) =>
        nodes.Count == 1 ? last.Message : $"None of the RPC nodes {string.Join(", ", nodes)} gave a usable answer. The last error: {last.Message}";
}
