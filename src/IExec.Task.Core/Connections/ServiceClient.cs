using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.Connections;

/// <summary>Sends JSON requests to a service other than a node, with the connection's time limit and retries.</summary>
/// <param name="http">The connection's client for this kind of URL.</param>
/// <param name="connection">The connection.</param>
/// <param name="diagnostics">Receives every exchange, without the authorization.</param>
/// <param name="name">The service's name in messages, such as <c>The API of workerpool 0x…</c>.</param>
/// <param name="errorId">The id of its failures.</param>
internal sealed class ServiceClient(
    HttpClient http, IExecConnection connection, IDiagnostics diagnostics, string name, IExecErrorId errorId = IExecErrorId.WorkerpoolApiError)
{
    /// <summary>The URL of a path below a base, whose own path is kept.</summary>
    public static Uri Combine(Uri baseUrl, string path) => new(baseUrl.GetLeftPart(UriPartial.Path).TrimEnd('/') + path);

    /// <summary>Sends a GET request. A status that a retry would not change is returned, not thrown.</summary>
    /// <param name="uri">The URL.</param>
    /// <param name="limit">The maximum length of the body in bytes.</param>
    /// <param name="authorization">The Authorization header; null for none.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="IExecException">The service cannot be reached, or fails.</exception>
    public Task<HttpAnswer> GetAsync(Uri uri, int limit, string? authorization, CancellationToken cancellationToken) =>
        SendAsync(uri, address => Request(HttpMethod.Get, address, authorization), limit, cancellationToken);

    /// <summary>Sends a POST request that changes nothing, and so may be retried.</summary>
    /// <param name="uri">The URL.</param>
    /// <param name="json">The request's body.</param>
    /// <param name="limit">The maximum length of the response's body in bytes.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <exception cref="IExecException">The service cannot be reached, or fails.</exception>
    public Task<HttpAnswer> PostAsync(Uri uri, byte[] json, int limit, CancellationToken cancellationToken) => SendAsync(
        uri,
        address =>
        {
            var request = Request(HttpMethod.Post, address, null);
            request.Content = new ByteArrayContent(json);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            return request;
        },
        limit,
        cancellationToken);

    private static HttpRequestMessage Request(HttpMethod method, Uri address, string? authorization)
    {
        var request = new HttpRequestMessage(method, address);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return request;
    }

    private async Task<HttpAnswer> SendAsync(Uri uri, Func<Uri, HttpRequestMessage> create, int limit, CancellationToken cancellationToken)
    {
        var exchange = new HttpExchange(http, connection.Timeout, limit);
        try
        {
            return await exchange.SendAsync(uri, create, new RetryPolicy(connection.MaximumRetryCount), diagnostics, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpFailureException failure)
        {
            throw Error(failure.Message, failure.IsRateLimit ? "It asks to slow down: wait a minute, then ask for less at once." : null, failure);
        }
    }

    /// <summary>The error for a failure of the service.</summary>
    public IExecException Error(string what, string? recommendedAction = null, Exception? inner = null) =>
        new(errorId, $"{name} failed. {what}", recommendedAction, inner);
}
