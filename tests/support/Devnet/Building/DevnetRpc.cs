using System;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json;
using System.Threading.Tasks;

namespace IExec.Tasks.Devnet;

/// <summary>A minimal JSON-RPC client, independent of the one under test.</summary>
internal sealed class DevnetRpc(Uri url) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(1) };

    public async Task<JsonElement> SendAsync(string method, params object?[] parameters)
    {
        using var response = await _http.PostAsJsonAsync(url, new { jsonrpc = "2.0", id = 1, method, @params = parameters });
        var reply = await response.Content.ReadFromJsonAsync<JsonElement>();
        return reply.TryGetProperty("error", out var error)
            ? throw new InvalidOperationException($"{method}: {error.GetRawText()}")
            : reply.GetProperty("result");
    }

    public void Dispose() => _http.Dispose();
}
