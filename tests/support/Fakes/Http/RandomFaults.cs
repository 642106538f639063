using System;
using System.Net;
using System.Text.Json.Nodes;

namespace IExec.Tasks.Fakes;

/// <summary>A node's passing faults at random: the same sequence for the same seed.</summary>
/// <param name="seed">Chooses the sequence.</param>
/// <param name="share">How many of the requests fail, 0 to 1.</param>
public sealed class RandomFaults(int seed, double share)
{
    private readonly Random _random = new(seed);

    /// <summary>How many requests failed so far.</summary>
    public int Count { get; private set; }

    /// <summary>The faulty reply to a request; null when it is this request's luck to be answered.</summary>
    public ScriptedReply? Next(JsonNode request)
    {
        lock (_random)
        {
            if (_random.NextDouble() >= share)
                return null;
            Count++;
            return _random.Next(6) switch
            {
                0 => ScriptedReply.WithStatus(HttpStatusCode.ServiceUnavailable),
                1 => ScriptedReply.WithStatus(HttpStatusCode.TooManyRequests),
                2 => new ScriptedReply { Reset = true },
                3 => new ScriptedReply { Body = new byte[100], TruncateAfter = 50 },
                4 => ScriptedReply.WithStatus(HttpStatusCode.BadGateway, "<html>Bad gateway</html>", "text/html"),
                _ => RpcProxy.Answer(request, "error", new JsonObject { ["code"] = -32000, ["message"] = "header not found" }),
            };
        }
    }
}
