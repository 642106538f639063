using System;
using System.Diagnostics;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Diagnostics;

namespace IExec.Tasks.Transport.Http;

/// <summary>Exchanges one request for one whole answer in JSON, within a time and a size.</summary>
/// <param name="client">A client of <see cref="HttpClientFactory"/>.</param>
/// <param name="timeout">The time for one exchange, redirects and body included.</param>
/// <param name="limit">The most bytes of a body.</param>
internal sealed class HttpExchange(HttpClient client, TimeSpan timeout, int limit)
{
    /// <summary>Makes one exchange. Every status is an answer.</summary>
    /// <param name="uri">Where to.</param>
    /// <param name="createRequest">Makes the request for an address; called again for a redirect.</param>
    /// <param name="diagnostics">Hears of the exchange.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="HttpFailureException">There is no answer, or none within the bounds.</exception>
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

    /// <summary>Makes an exchange whose request may be repeated, until there is an answer that will stay the same.</summary>
    /// <exception cref="HttpFailureException">There is no answer, none within the bounds, or its status still asks to try later.</exception>
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
