using System;
using System.Linq;

namespace IExec.Tasks;

/// <summary>An Ethereum node answered a JSON-RPC request with an error.</summary>
public sealed class RpcException : IExecException
{
    /// <summary>"Limit exceeded" of EIP-1474.</summary>
    private const long LimitExceeded = -32005;

    /// <summary>HTTP's "too many requests", which some providers return for single requests of a batch.</summary>
    private const long TooManyRequests = 429;

    /// <summary>"Method not found" of JSON-RPC 2.0.</summary>
    private const long MethodNotFound = -32601;

    /// <summary>HTTP's "content too large".</summary>
    private const long ContentTooLarge = 413;

    /// <summary>The code of a contract's revert with data (geth and most others).</summary>
    private const long Revert = 3;

    /// <summary>How nodes say that a contract reverted without data, as the hub does, for which geth has no code. The second is Hardhat's and Ganache's.</summary>
    private static readonly string[] RevertWords = ["execution reverted", "processing transaction: revert"];

    /// <summary>How nodes say that a call needs more gas than they allow. A message may mention gas for other reasons: prices, funds, fees.</summary>
    private static readonly string[] OutOfGasWords =
        ["out of gas", "outofgas", "gas required exceeds", "gas limit exceeded", "gaslimitexceeded", "exceeds block gas limit", "gas exceeds", "exceeds the gas", "gas cap", "gas too high"];

    /// <summary>How nodes say, in a JSON-RPC error, that a request has more bytes than they accept. The first is geth's.</summary>
    private static readonly string[] TooLongWords =
        ["content length too large", "entity too large", "content too large", "body too large", "payload too large", "request too large"];

    /// <summary>How nodes say that eth_getLogs was asked for too much: "query returned more than 10000 results", "block range too large" and many more.</summary>
    private static readonly string[] TooManyLogsWords = ["range", "results", "response size", "too many logs", "logs matched"];

    internal RpcException(long code, string message, string? errorData = null, bool isBatchRefusal = false)
        : base(
            code is LimitExceeded or TooManyRequests && !SaysTooManyLogs(message) ? IExecErrorId.RateLimited : IExecErrorId.RpcError,
            $"The RPC node answered with an error: {message} (code {code}).")
    {
        Code = code;
        NodeMessage = message;
        ErrorData = errorData;
        IsBatchRefusal = isBatchRefusal;
    }

    /// <summary>The error's code: 3 for a revert, negative numbers of JSON-RPC 2.0 and EIP-1474 for the rest.</summary>
    public long Code { get; }

    /// <summary>The node's own words.</summary>
    public string NodeMessage { get; }

    /// <summary>The error's data, such as the revert data of a contract as <c>0x…</c>; null when it is not text.</summary>
    public string? ErrorData { get; }

    /// <summary>Whether a contract reverted: by the code, by the data, which OpenEthereum and Nethermind begin with "Reverted", or by a fixed phrase.</summary>
    internal bool IsRevert =>
        Code == Revert || Begins(ErrorData, "0x") || Begins(ErrorData, "revert") || RevertWords.Any(words => Contains(NodeMessage, words) || Contains(ErrorData, words));

    /// <summary>Whether the call needs more gas than the node allows.</summary>
    internal bool IsOutOfGas => !IsRevert && OutOfGasWords.Any(words => Contains(NodeMessage, words) || Contains(ErrorData, words));

    /// <summary>Whether the request had more bytes than the node accepts.</summary>
    internal bool IsTooLong => Code == ContentTooLarge || TooLongWords.Any(words => Contains(NodeMessage, words));

    /// <summary>Whether half of the work may succeed.</summary>
    internal bool IsTooMuch => IsOutOfGas || IsTooLong;

    /// <summary>Whether the node says that a request for events covers too many blocks or events. Nodes use many codes for that, including that of a rate limit.</summary>
    internal bool IsTooManyLogs => SaysTooManyLogs(NodeMessage);

    /// <summary>Whether a request for events that failed like this may succeed with fewer blocks: not if the node lacks the method or limits the rate.</summary>
    internal bool MayTakeFewerBlocks => Code != MethodNotFound && !IsRateLimit;

    /// <summary>Whether the node asks to slow down.</summary>
    internal bool IsRateLimit => ErrorId == IExecErrorId.RateLimited;

    /// <summary>Whether the node refused a batch as a whole; its requests may be sent one by one.</summary>
    internal bool IsBatchRefusal { get; }

    /// <summary>The error for HTTP status 413, for which nodes give no JSON-RPC error.</summary>
    internal static RpcException TooLong() => new(ContentTooLarge, "the request is longer than this node takes");

    private static bool SaysTooManyLogs(string message) => TooManyLogsWords.Any(words => Contains(message, words));

    private static bool Begins(string? text, string words) => text?.StartsWith(words, StringComparison.OrdinalIgnoreCase) == true;

    private static bool Contains(string? text, string words) => text?.Contains(words, StringComparison.OrdinalIgnoreCase) == true;
}
