using System;
using System.Net;
using System.Text.Json.Nodes;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.ModuleTests.Faults;

/// <summary>What services are like that are well, but leave a command no other way than the one of a step. One habit serves one command.</summary>
internal static class Habits
{
    private const string Multicall3 = "ca11bde05977b3631167028862be2a173976ca11";

    /// <summary>A chain without Multicall3 is read in batches.</summary>
    public static Habit NoMulticall(FaultWorld world) => (request, _) =>
        request.Text.StartsWith('{') && request.Text.Contains(Multicall3, StringComparison.OrdinalIgnoreCase)
            ? RpcProxy.Answer(JsonNode.Parse(request.Body)!, "result", "0x")
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
    public static Habit BehindAtFirst(FaultWorld world)
    {
        var isFirst = true;
        return (request, _) =>
        {
            if (!isFirst || !request.Text.Contains("eth_getBlockByNumber", StringComparison.Ordinal))
                return null;
            isFirst = false;
            return RpcProxy.Answer(JsonNode.Parse(request.Body)!, "result", world.BlockBeforeTheEnd.DeepClone());
        };
    }

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

    private static ScriptedReply? Refuses(RecordedRequest request, string format) =>
        request.Query.Contains(format, StringComparison.Ordinal) ? ScriptedReply.WithStatus(HttpStatusCode.NotAcceptable) : null;
}
