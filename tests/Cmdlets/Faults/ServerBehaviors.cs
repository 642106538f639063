using System;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>Ways in which a working service can differ, so that a command has to make a step's request. Each is created anew for one command.</summary>
internal static class ServerBehaviors
{
    private const string Multicall3 = "ca11bde05977b3631167028862be2a173976ca11";

    /// <summary>A chain without Multicall3 is read in batches.</summary>
    public static ServerBehavior NoMulticall(FaultWorld world) => (request, _) =>
        request.Text.StartsWith('{') && request.Text.Contains(Multicall3, StringComparison.OrdinalIgnoreCase)
            ? Result(request, "0x")
            : null;

    /// <summary>A node that does not accept batches gets single requests.</summary>
    public static ServerBehavior NoBatches(FaultWorld world)
    {
        var noMulticall = NoMulticall(world);
        return (request, reply) => request.Text.StartsWith('[')
            ? ScriptedReply.Json("""{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"batch requests are not supported"}}""")
            : noMulticall(request, reply);
    }

    /// <summary>A node whose first block is too old: the watch sees the task before its end, and has to poll again.</summary>
    public static ServerBehavior BehindAtFirst(FaultWorld world) => AtFirst("eth_getBlockByNumber", request => Result(request, world.BlockBeforeTheEnd.DeepClone()));

    /// <summary>A node that fails at the first poll has to prove its chain again before the second.</summary>
    public static ServerBehavior DownAtFirst(FaultWorld world) => AtFirst("eth_getBlockByNumber", _ => ScriptedReply.WithStatus(HttpStatusCode.NotFound));

    /// <summary>A node without eth_feeHistory is asked for eth_maxPriorityFeePerGas.</summary>
    public static ServerBehavior NoFeeHistory(FaultWorld world) => Always("eth_feeHistory", (request, _) => Error(request, "the method does not exist"));

    /// <summary>A chain without base fees has a gas price.</summary>
    public static ServerBehavior NoBaseFee(FaultWorld world) => Always(
        "eth_getBlockByNumber",
        (_, reply) => reply with { Body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(reply.Body).Replace("baseFeePerGas", "noBaseFee", StringComparison.Ordinal)) });

    /// <summary>A node that says "already known" to the transaction is asked for it.</summary>
    public static ServerBehavior TransactionKnown(FaultWorld world) => Always("eth_sendRawTransaction", (request, _) => Error(request, "already known"));

    /// <summary>A node that has no receipt yet is asked for the account's nonce, the newest block and the transactions of blocks.</summary>
    public static ServerBehavior LateReceipt(FaultWorld world)
    {
        var isLate = true;
        return (request, _) =>
        {
            if (request.Text.EndsWith(",true]}", StringComparison.Ordinal))
                isLate = false;
            return isLate && IsCall(request, "eth_getTransactionReceipt") ? Result(request, null) : null;
        };
    }

    /// <summary>A node with many blocks after the receipt's.</summary>
    public static ServerBehavior ManyConfirmations(FaultWorld world) => Always("eth_blockNumber", (request, _) => Result(request, "0xffffff"));

    /// <summary>A node whose events have no block timestamps is asked for the blocks.</summary>
    public static ServerBehavior NoBlockTimestamps(FaultWorld world) => Always(
        "eth_getLogs",
        (_, reply) => reply with { Body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(reply.Body).Replace("blockTimestamp", "noTimestamp", StringComparison.Ordinal)) });

    /// <summary>A gateway without CARs is asked for blocks.</summary>
    public static ServerBehavior NoCar(FaultWorld world) => (request, _) => Refuses(request, "format=car");

    /// <summary>A gateway without blocks is asked for the file.</summary>
    public static ServerBehavior NoBlocks(FaultWorld world) => (request, _) => Refuses(request, "format=");

    /// <summary>A gateway that closes the connection in the middle of the file is asked for the rest.</summary>
    public static ServerBehavior TruncatesFirstFile(FaultWorld world)
    {
        var isFirst = true;
        return (request, reply) =>
        {
            if (Refuses(request, "format=") is { } refusal)
                return refusal;
            if (!isFirst)
                return null;
            isFirst = false;
            return reply with { TruncateAfter = reply.Body.Length / 2 };
        };
    }

    private static ServerBehavior AtFirst(string method, Func<RecordedRequest, ScriptedReply> answer)
    {
        var isFirst = true;
        return (request, _) =>
        {
            if (!isFirst || !IsCall(request, method))
                return null;
            isFirst = false;
            return answer(request);
        };
    }

    private static ServerBehavior Always(string method, Func<RecordedRequest, ScriptedReply, ScriptedReply> answer) =>
        (request, reply) => IsCall(request, method) ? answer(request, reply) : null;

    private static bool IsCall(RecordedRequest request, string method) => request.Text.Contains($"\"{method}\"", StringComparison.Ordinal);

    private static ScriptedReply Result(RecordedRequest request, JsonNode? result) => RpcProxy.Answer(JsonNode.Parse(request.Body)!, "result", result);

    private static ScriptedReply Error(RecordedRequest request, string message) =>
        RpcProxy.Answer(JsonNode.Parse(request.Body)!, "error", new JsonObject { ["code"] = -32601, ["message"] = message });

    private static ScriptedReply? Refuses(RecordedRequest request, string format) =>
        request.Query.Contains(format, StringComparison.Ordinal) ? ScriptedReply.WithStatus(HttpStatusCode.NotAcceptable) : null;
}
