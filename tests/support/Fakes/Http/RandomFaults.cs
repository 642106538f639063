using System;
using System.Net;
using System.Text.Json.Nodes;

namespace IExec.Tasks.Fakes;

/// <summary>Random temporary faults of a node: the same sequence for the same seed.</summary>
/// <param name="seed">The seed of the sequence.</param>
/// <param name="share">The share of requests that fail, 0 to 1.</param>
public sealed class RandomFaults(int seed, double share)
{
    private readonly Random _random = new(seed);

    /// <summary>How many requests failed so far.</summary>
    public int Count { get; private set; }

    /// <summary>The faulty reply to a request; null for a request without a fault.</summary>
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
