using System;
using System.Diagnostics;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Diagnostics;

namespace IExec.Tasks.Transport.Http;

/// <summary>Sends a request and reads the whole JSON response, with limits on time and size.</summary>
/// <param name="client">A client of <see cref="HttpClientFactory"/>.</param>
/// <param name="timeout">The time for one exchange, redirects and body included.</param>
/// <param name="limit">The maximum length of a body in bytes.</param>
internal sealed class HttpExchange(HttpClient client, TimeSpan timeout, int limit)
{
    /// <summary>Sends one request. Every status is returned, not thrown.</summary>
    /// <param name="uri">The URL.</param>
    /// <param name="createRequest">Creates the request for a URL; called again for a redirect.</param>
    /// <param name="diagnostics">Receives a message about the exchange.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="HttpFailureException">There is no response, or none within the limits.</exception>
    public async Task<HttpAnswer> SendAsync(
        Uri uri, Func<Uri, HttpRequestMessage> createRequest, IDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        diagnostics.CountRequest();
        try
        {
            var answer = await TimeLimit.RunAsync(timeout, token => ExchangeAsync(uri, createRequest, token), cancellationToken).ConfigureAwait(false);
            diagnostics.Debug($"{Redaction.Url(uri)}: HTTP {(int)answer.Status}, {answer.Body.Length} bytes in {clock.ElapsedMilliseconds} ms.");
            return answer;
        }
        catch (Exception exception) when (HttpFailureException.IsExpected(exception))
        {
            var failure = HttpFailureException.From(uri, exception);
            diagnostics.Debug($"{failure.Message} ({clock.ElapsedMilliseconds} ms)");
            throw failure;
        }
    }

    /// <summary>Sends a request that may be repeated, with retries, until the response's status is not temporary.</summary>
    /// <exception cref="HttpFailureException">There is no response, none within the limits, or its status is still temporary.</exception>
    public Task<HttpAnswer> SendAsync(
        Uri uri, Func<Uri, HttpRequestMessage> createRequest, RetryPolicy retry, IDiagnostics diagnostics, CancellationToken cancellationToken) =>
        retry.RunAsync(
            async () =>
            {
                var answer = await SendAsync(uri, createRequest, diagnostics, cancellationToken).ConfigureAwait(false);
                return HttpFailureException.IsTransientStatus(answer.Status) ? throw HttpFailureException.FromStatus(uri, answer) : answer;
            },
            exception => exception is HttpFailureException { IsTransient: true },
            diagnostics,
            cancellationToken);

    private async Task<HttpAnswer> ExchangeAsync(Uri uri, Func<Uri, HttpRequestMessage> createRequest, CancellationToken cancellationToken)
    {
        using var response = await RedirectRule.SendAsync(client, uri, createRequest, cancellationToken).ConfigureAwait(false);
        var body = await BoundedContent.ReadAsync(response, limit, cancellationToken).ConfigureAwait(false);
        return new HttpAnswer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, RetryAfter(response.Headers.RetryAfter), JsonText.ToUtf8(body));
    }

    private static TimeSpan? RetryAfter(RetryConditionHeaderValue? header) => header?.Delta ?? (header?.Date - DateTimeOffset.UtcNow);
}
