using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace IExec.Tasks.Fakes;

/// <summary>
/// The API of a workerpool's scheduler, as in iexec-core. Access to logs is checked in the same way: the signer of the challenge that this
/// server keeps for the address is recovered. Faults are scripted with <see cref="Server"/>.
/// </summary>
public sealed class SchedulerFake : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, SchedulerTask> _tasks = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, string> _challenges = new(StringComparer.OrdinalIgnoreCase);
    private readonly long _chainId;

    private SchedulerFake(FaultyHttpServer server, long chainId)
    {
        Server = server;
        _chainId = chainId;
        WriteChallenge = challenge => ChallengeSignature.TypedData(challenge, chainId);
        server.Handler = Answer;
    }

    /// <summary>The server; replies that are enqueued there are sent instead.</summary>
    public FaultyHttpServer Server { get; }

    /// <summary>Where the API is, without a path of its own unless <see cref="BasePath"/> is set.</summary>
    public Uri Url => new(Server.Url, BasePath + "/");

    /// <summary>A path before those of the API, such as <c>/pool</c>.</summary>
    public string BasePath { get; set; } = "";

    /// <summary>Creates the response to a request for a challenge; replaced for a hostile scheduler.</summary>
    public Func<string, JsonNode?> WriteChallenge { get; set; }

    /// <summary>Every Authorization header that this server received.</summary>
    public IReadOnlyList<string> Authorizations => [.. Server.Requests.Select(request => request.Header("Authorization")).OfType<string>()];

    public static async Task<SchedulerFake> StartAsync(long chainId) => new(await FaultyHttpServer.StartAsync(), chainId);

    /// <summary>Adds a task, which replaces one with the same id.</summary>
    public SchedulerTask Add(string taskId, string requester) => _tasks[taskId] = new SchedulerTask(taskId, requester);

    /// <summary>Expires every challenge.</summary>
    public void ExpireChallenges() => _challenges.Clear();

    /// <summary>How many requests had a path with this end.</summary>
    public int Count(string pathEnd) => Server.Requests.Count(request => request.Path.EndsWith(pathEnd, StringComparison.Ordinal));

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private ScriptedReply Answer(RecordedRequest request)
    {
        if (request.Method != "GET" || !request.Path.StartsWith(BasePath + "/", StringComparison.Ordinal))
            return ScriptedReply.WithStatus(HttpStatusCode.NotFound);
        return request.Path[(BasePath.Length + 1)..].Split('/') switch
        {
            ["tasks", "logs", "challenge"] => Challenge(request),
            ["tasks", var taskId] => Find(taskId) is { } task ? Json(task.ToJson(Url)) : ScriptedReply.WithStatus(HttpStatusCode.NotFound),
            ["tasks", var taskId, "logs"] => Refusal(request, taskId) ?? Logs(taskId),
            ["tasks", var taskId, "replicates", var worker, "logs"] => Refusal(request, taskId) ?? Log(taskId, worker),
            ["version"] => ScriptedReply.WithStatus(HttpStatusCode.OK, "9.0.0", "text/plain"),
            _ => ScriptedReply.WithStatus(HttpStatusCode.NotFound),
        };
    }

    private SchedulerTask? Find(string taskId) => _tasks.TryGetValue(taskId, out var task) ? task : null;

    private ScriptedReply Challenge(RecordedRequest request)
    {
        var query = request.Query.TrimStart('?').Split('&').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return query.TryGetValue("address", out var address)
            ? Json(WriteChallenge(_challenges.GetOrAdd(address, _ => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))))
            : BadRequest(request);
    }

    /// <summary>The order of the checks is iexec-core's.</summary>
    private ScriptedReply? Refusal(RecordedRequest request, string taskId)
    {
        if (request.Header("Authorization") is not { } header)
            return BadRequest(request);
        if (header.Split('_') is not [_, var signature, var address])
            return ScriptedReply.WithStatus(HttpStatusCode.Unauthorized);
        if (!string.Equals(Find(taskId)?.Requester, address, StringComparison.OrdinalIgnoreCase))
            return ScriptedReply.WithStatus(HttpStatusCode.Forbidden);
        return _challenges.TryGetValue(address, out var challenge) && ChallengeSignature.IsBy(address, signature, challenge, _chainId)
            ? null
            : ScriptedReply.WithStatus(HttpStatusCode.Unauthorized);
    }

    private ScriptedReply Logs(string taskId)
    {
        JsonNode[] logs = [.. Find(taskId)!.Replicates.Select(replicate => replicate.LogJson()).OfType<JsonNode>()];
        return logs.Length == 0
            ? ScriptedReply.WithStatus(HttpStatusCode.NotFound)
            : Json(new JsonObject { ["chainTaskId"] = taskId, ["computeLogsList"] = new JsonArray(logs) });
    }

    private ScriptedReply Log(string taskId, string worker) =>
        Find(taskId)!.Replicates.FirstOrDefault(replicate => string.Equals(replicate.Worker, worker, StringComparison.OrdinalIgnoreCase))?.LogJson() is { } log
            ? Json(log)
            : ScriptedReply.WithStatus(HttpStatusCode.NotFound);

    private static ScriptedReply Json(JsonNode? body) => ScriptedReply.Json(body?.ToJsonString() ?? "null");

    private static ScriptedReply BadRequest(RecordedRequest request) => ScriptedReply.WithStatus(
        HttpStatusCode.BadRequest, new JsonObject { ["status"] = 400, ["error"] = "Bad Request", ["path"] = request.Path }.ToJsonString());
}
