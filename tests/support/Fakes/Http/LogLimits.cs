using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Text.Json.Nodes;

namespace IExec.Tasks.Fakes;

/// <summary>Limits a node's responses to eth_getLogs.</summary>
public static class LogLimits
{
    /// <summary>Refuses more than this number of blocks.</summary>
    public static void LimitBlocks(this RpcProxy node, long most, int status = 200, int code = -32000, string message = "block range too large") =>
        node.Intercept = request => IsLogs(request) && Blocks(request) > most ? Refuse(request, status, code, message) : null;

    /// <summary>Refuses blocks before this one.</summary>
    public static void KeepLogsFrom(this RpcProxy node, long first) =>
        node.Intercept = request => IsLogs(request) && Number(request, "fromBlock") < first ? Refuse(request, 200, 4444, "pruned history unavailable") : null;

    /// <summary>Refuses responses with more than this number of events.</summary>
    public static void LimitResults(this RpcProxy node, int most) => node.Intercept = request =>
    {
        if (!IsLogs(request))
            return null;
        var answer = node.Forward(request);
        return JsonNode.Parse(answer.Body)!["result"] is JsonArray logs && logs.Count > most
            ? Refuse(request, 200, -32005, $"query returned more than {most} results")
            : answer;
    };

    /// <summary>How many requests for events the node received.</summary>
    public static int CountLogRequests(this RpcProxy node) => node.Server.Requests.Count(request => JsonNode.Parse(request.Body) is { } body && IsLogs(body));

    private static bool IsLogs(JsonNode request) => request is JsonObject && request["method"]!.GetValue<string>() == "eth_getLogs";

    private static long Blocks(JsonNode request) => Number(request, "toBlock") - Number(request, "fromBlock") + 1;

    private static long Number(JsonNode request, string name) =>
        long.Parse(request["params"]![0]![name]!.GetValue<string>().AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static ScriptedReply Refuse(JsonNode request, int status, int code, string message) => code == 0
        ? ScriptedReply.WithStatus((HttpStatusCode)status)
        : RpcProxy.Answer(request, "error", new JsonObject { ["code"] = code, ["message"] = message }) with { Status = (HttpStatusCode)status };
}
