using System;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace IExec.Tasks.Fakes;

/// <summary>A proxy between the module and a node, which can intercept requests.</summary>
public sealed class RpcProxy : IAsyncDisposable
{
    private readonly HttpClient _client = new();
    private readonly Uri _node;

    private RpcProxy(FaultyHttpServer server, Uri node)
    {
        Server = server;
        _node = node;
    }

    /// <summary>The server; replies that are enqueued there are sent instead of the node's.</summary>
    public FaultyHttpServer Server { get; }

    /// <summary>Returns the reply to a request instead of the node; null forwards the request.</summary>
    public Func<JsonNode, ScriptedReply?> Intercept { get; set; } = _ => null;

    public static async Task<RpcProxy> StartAsync(Uri node)
    {
        var proxy = new RpcProxy(await FaultyHttpServer.StartAsync(), node);
        proxy.Server.Handler = request => proxy.Intercept(JsonNode.Parse(request.Body)!) ?? proxy.Forward(request.Body);
        return proxy;
    }

    /// <summary>A JSON-RPC response with this result or error, for each request of a batch.</summary>
    public static ScriptedReply Answer(JsonNode request, string name, JsonNode? value) => ScriptedReply.Json(
        (request is JsonArray batch ? new JsonArray([.. batch.Select(single => Carry(single!, name, value))]) : (JsonNode)Carry(request, name, value)).ToJsonString(JsonSerializerOptions.Default));

    /// <summary>Forwards a request to the node.</summary>
    public ScriptedReply Forward(JsonNode request) => Forward(JsonSerializer.SerializeToUtf8Bytes(request));

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _client.Dispose();
    }

    private static JsonObject Carry(JsonNode request, string name, JsonNode? value) =>
        new JsonObject { ["jsonrpc"] = "2.0", ["id"] = request["id"]!.DeepClone(), [name] = value?.DeepClone() };

    private ScriptedReply Forward(byte[] request)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, _node) { Content = new ByteArrayContent(request) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = _client.Send(message);
        using var body = response.Content.ReadAsStream();
        using var copy = new System.IO.MemoryStream();
        body.CopyTo(copy);
        return new ScriptedReply { Status = response.StatusCode, Body = copy.ToArray() };
    }
}
