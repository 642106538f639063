using System;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.CmdletTests.Faults;

/// <summary>What services are like that are well, but leave a command no other way than the one of a step. One habit serves one command.</summary>
internal static class Habits
{
    private const string Multicall3 = "ca11bde05977b3631167028862be2a173976ca11";

    /// <summary>A chain without Multicall3 is read in batches.</summary>
    public static Habit NoMulticall(FaultWorld world) => (request, _) =>
        request.Text.StartsWith('{') && request.Text.Contains(Multicall3, StringComparison.OrdinalIgnoreCase)
            ? Result(request, "0x")
            : null;

    /// <summary>A node that does not take batches is asked one by one.</summary>
    public static Habit NoBatches(FaultWorld world)
    {
        var noMulticall = NoMulticall(world);
        return (request, reply) => request.Text.StartsWith('[')
            ? ScriptedReply.Json("""{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"batch requests are not supported"}}""")
            : noMulticall(request, reply);
    }

    /// <summary>A node that is behind at first shows the finished task before its end, so that a watch learns of it by a second look.</summary>
    public static Habit BehindAtFirst(FaultWorld world) => AtFirst("eth_getBlockByNumber", request => Result(request, world.BlockBeforeTheEnd.DeepClone()));

    /// <summary>A node that was out at the first look is asked which chain it serves before the second.</summary>
    public static Habit OutAtFirst(FaultWorld world) => AtFirst("eth_getBlockByNumber", _ => ScriptedReply.WithStatus(HttpStatusCode.NotFound));

    /// <summary>A node that does not tell what was paid for gas is asked what it suggests.</summary>
    public static Habit NoFeeHistory(FaultWorld world) => Always("eth_feeHistory", (request, _) => Error(request, "the method does not exist"));

    /// <summary>A chain without a fee market has a price of gas.</summary>
    public static Habit NoBaseFee(FaultWorld world) => Always(
        "eth_getBlockByNumber",
        (_, reply) => reply with { Body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(reply.Body).Replace("baseFeePerGas", "noBaseFee", StringComparison.Ordinal)) });

    /// <summary>A node that has the transaction from a send before says so, and is asked for it.</summary>
    public static Habit KnowsTheTransaction(FaultWorld world) => Always("eth_sendRawTransaction", (request, _) => Error(request, "already known"));

    /// <summary>A node that has no receipt yet is asked for the account's nonce, the newest block and the transactions of blocks.</summary>
    public static Habit ReceiptComesLate(FaultWorld world)
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
    public static Habit FarAhead(FaultWorld world) => Always("eth_blockNumber", (request, _) => Result(request, "0xffffff"));

    /// <summary>A node that gives events without the times of their blocks is asked for the blocks.</summary>
    public static Habit NoTimes(FaultWorld world) => Always(
        "eth_getLogs",
        (_, reply) => reply with { Body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(reply.Body).Replace("blockTimestamp", "noTimestamp", StringComparison.Ordinal)) });

    /// <summary>A gateway without CARs is asked for blocks.</summary>
    public static Habit NoCar(FaultWorld world) => (request, _) => Refuses(request, "format=car");

    /// <summary>A gateway without blocks is asked for the file.</summary>
    public static Habit NoBlocks(FaultWorld world) => (request, _) => Refuses(request, "format=");

    /// <summary>A gateway that breaks off in the file is asked for the rest.</summary>
    public static Habit BreaksOff(FaultWorld world)
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

    private static Habit AtFirst(string method, Func<RecordedRequest, ScriptedReply> answer)
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

    private static Habit Always(string method, Func<RecordedRequest, ScriptedReply, ScriptedReply> answer) =>
        (request, reply) => IsCall(request, method) ? answer(request, reply) : null;

    private static bool IsCall(RecordedRequest request, string method) => request.Text.Contains($"\"{method}\"", StringComparison.Ordinal);

    private static ScriptedReply Result(RecordedRequest request, JsonNode? result) => RpcProxy.Answer(JsonNode.Parse(request.Body)!, "result", result);

    private static ScriptedReply Error(RecordedRequest request, string message) =>
        RpcProxy.Answer(JsonNode.Parse(request.Body)!, "error", new JsonObject { ["code"] = -32601, ["message"] = message });

    private static ScriptedReply? Refuses(RecordedRequest request, string format) =>
        request.Query.Contains(format, StringComparison.Ordinal) ? ScriptedReply.WithStatus(HttpStatusCode.NotAcceptable) : null;
}
