using System;
using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace IExec.Tasks.Fakes;

/// <summary>iExec's Compass: <c>GET /{chain id}/workerpools/{EIP-55 address}</c> returns the API URL of a workerpool.</summary>
public sealed class CompassFake : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, string> _urls = new(StringComparer.Ordinal);
    private readonly long _chainId;

    private CompassFake(FaultyHttpServer server, long chainId)
    {
        Server = server;
        _chainId = chainId;
        server.Handler = Answer;
    }

    /// <summary>The server; replies that are enqueued there are sent instead.</summary>
    public FaultyHttpServer Server { get; }

    /// <summary>What <c>Connect-IExec -CompassUrl</c> takes.</summary>
    public Uri Url => Server.Url;

    public static async Task<CompassFake> StartAsync(long chainId) => new(await FaultyHttpServer.StartAsync(), chainId);

    /// <summary>Sets any text as the URL of a workerpool (EIP-55).</summary>
    public void Declare(string workerpool, string apiUrl) => _urls[workerpool] = apiUrl;

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private ScriptedReply Answer(RecordedRequest request)
    {
        var prefix = $"/{_chainId}/workerpools/";
        return request.Method == "GET" && request.Path.StartsWith(prefix, StringComparison.Ordinal) && _urls.TryGetValue(request.Path[prefix.Length..], out var url)
            ? ScriptedReply.Json(new JsonObject { ["name"] = "devnet", ["address"] = request.Path[prefix.Length..], ["apiUrl"] = url }.ToJsonString())
            : ScriptedReply.WithStatus(HttpStatusCode.NotFound, """{"error":"Not Found"}""");
    }
}
