using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.Transport.Rpc;

/// <summary>Sends requests to a node by HTTP POST. User information in the URL becomes Basic authentication.</summary>
internal sealed class HttpRpcTransport : IRpcTransport
{
    /// <summary>Larger than any response to a chunk of reads, and small enough for memory.</summary>
    public const int LargestAnswer = 64 * 1024 * 1024;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpExchange _exchange;
    private readonly Uri _uri;
    private readonly AuthenticationHeaderValue? _authentication;

    public HttpRpcTransport(HttpClient client, Uri uri, TimeSpan timeout)
    {
        _exchange = new HttpExchange(client, timeout, LargestAnswer);
        _uri = new UriBuilder(uri) { UserName = "", Password = "" }.Uri;
        _authentication = Basic(uri.UserInfo);
        Name = Redaction.Url(uri);
        Secrets = new UrlSecrets(uri);
    }

    public string Name { get; }

    public UrlSecrets Secrets { get; }

    public async Task<RpcAnswer> SendAsync(RpcPayload request, IDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        var answer = await _exchange.SendAsync(_uri, uri => CreateRequest(uri, request.Utf8), diagnostics, cancellationToken).ConfigureAwait(false);
        return answer.IsSuccess ? new RpcAnswer(answer.Body, Secrets) : throw HttpFailureException.FromStatus(_uri, answer);
    }

    private HttpRequestMessage CreateRequest(Uri uri, ReadOnlyMemory<byte> utf8Request)
    {
        var content = MemoryMarshal.TryGetArray(utf8Request, out var segment)
            ? new ByteArrayContent(segment.Array!, segment.Offset, segment.Count)
            : new ByteArrayContent(utf8Request.ToArray());
        content.Headers.ContentType = Json;
        var request = new HttpRequestMessage(HttpMethod.Post, uri) { Content = content };
        request.Headers.Authorization = _authentication;
        return request;
    }

    private static AuthenticationHeaderValue? Basic(string userInfo) =>
        userInfo.Length == 0 ? null : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(userInfo))));
}
