using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.Transport.Rpc;

/// <summary>What a failed attempt at a node means: whether it may be made again, and which error it becomes.</summary>
internal static class RpcFailures
{
    private const long InternalError = -32603;

    /// <summary>geth's code for everything else, from "header not found" to "execution reverted".</summary>
    private const long ServerError = -32000;

    /// <summary>Words of the errors that the same call will meet again: the contract's, the account's or the call's own.</summary>
    private static readonly string[] LastingWords = ["revert", "gas", "opcode", "funds", "nonce", "invalid"];

    public static bool IsExpected(Exception exception) => exception is HttpFailureException or RpcException;

    /// <summary>
    /// Whether the same node may be asked again. An answer that is no JSON-RPC, such as a proxy's page in HTML or one that was cut, is rarely the
    /// node's own and passes like a reset.
    /// </summary>
    public static bool MayRepeat(Exception exception, bool isRepeatable) => exception switch
    {
        HttpFailureException { Kind: HttpFailureKind.ConnectFailed } => true,
        HttpFailureException failure => isRepeatable && (failure.IsTransient || failure.Kind == HttpFailureKind.Malformed),
        RpcException error => isRepeatable && IsPassing(error),
        _ => false,
    };

    /// <summary>Whether another node may be asked: also when this one redirects elsewhere or wants other credentials.</summary>
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

    /// <summary>Whether the node may well answer the same request a little later.</summary>
    public static bool IsPassing(RpcException error) =>
        error.ErrorData is null
        && !error.IsTooManyLogs
        && (error.IsRateLimit
            || (error.Code is InternalError or ServerError && !LastingWords.Any(word => error.NodeMessage.Contains(word, StringComparison.OrdinalIgnoreCase))));

    /// <summary>Whether the requests of a batch that failed so may well be answered one by one. Nodes refuse batches, or large ones, in many ways.</summary>
    public static bool IsBatchRefusal(IExecException exception) =>
        exception is RpcException { IsBatchRefusal: true } or RpcException { IsTooMuch: true }
        || exception.InnerException is HttpFailureException { IsTransient: false } or JsonException;

    private static string Describe(Exception last, IReadOnlyList<string> nodes) =>
        nodes.Count == 1 ? last.Message : $"None of the RPC nodes {string.Join(", ", nodes)} gave a usable answer. The last error: {last.Message}";
}
