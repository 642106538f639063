using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using IExec.Tasks.Fakes;
using IExec.Tasks.Transport.Http;
using IExec.Tasks.Transport.Rpc;
using IExec.Tasks.UnitTests.Transport.Http;

namespace IExec.Tasks.UnitTests.Transport.Rpc;

/// <summary>Nodes with scripted faults, and clients that do not wait between retries.</summary>
public abstract class RpcTestBase : IAsyncLifetime
{
    private readonly HttpClient _http = HttpClientFactory.Create();
    private readonly List<FaultyHttpServer> _nodes = [];

    private protected static RpcRequest ChainId => new("eth_chainId");

    private protected static RpcRequest SendRaw => new("eth_sendRawTransaction", new byte[] { 2, 3 });

    private protected RecordedPauses Recorded { get; } = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _http.Dispose();
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }

    /// <summary>A result as the first answer of a new client.</summary>
    private protected static ScriptedReply Result(string json, long id = 1) => ScriptedReply.Json($$"""{"jsonrpc":"2.0","id":{{id}},"result":{{json}}}""");

    private protected static ScriptedReply Error(string json, long id = 1) => ScriptedReply.Json($$"""{"jsonrpc":"2.0","id":{{id}},"error":{{json}}}""");

    /// <summary>Answers each request with the same result and its own id.</summary>
    private protected static Func<RecordedRequest, ScriptedReply> Echo(string json) => request =>
    {
        using var document = JsonDocument.Parse(request.Body);
        return Result(json, document.RootElement.GetProperty("id").GetInt64());
    };

    private protected async Task<FaultyHttpServer> StartNodeAsync(params ScriptedReply[] script)
    {
        var node = await FaultyHttpServer.StartAsync(script);
        _nodes.Add(node);
        return node;
    }

    private protected JsonRpcClient Client(params FaultyHttpServer[] nodes) => Client(TimeSpan.FromSeconds(30), [.. nodes.Select(node => node.Url)]);

    private protected JsonRpcClient Client(TimeSpan timeout, params Uri[] urls) => JsonRpcClient.Create(_http, urls, Recorded.Policy(2), timeout);
}
