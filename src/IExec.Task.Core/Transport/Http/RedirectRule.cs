using System;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Diagnostics;

namespace IExec.Tasks.Transport.Http;

/// <summary>
/// Redirects are followed to the same scheme, host and port only: a server must not direct the module to another machine, nor drop TLS. A caller
/// can allow other addresses that it knows to be the same server.
/// </summary>
internal static class RedirectRule
{
    private const int MaximumHops = 5;

    private const HttpStatusCode PermanentRedirect = (HttpStatusCode)308;

    /// <summary>Sends a request and follows allowed redirects. Returns when the headers are read; the body is not.</summary>
    /// <param name="client">A client of <see cref="HttpClientFactory"/>.</param>
    /// <param name="uri">The first URL.</param>
    /// <param name="createRequest">Creates the request for a URL: a request can be sent only once.</param>
    /// <param name="cancellationToken">Cancels the exchange.</param>
    /// <param name="isSameServer">Whether a URL of another origin belongs to the same server; null when none does.</param>
    /// <exception cref="HttpFailureException">A redirect that must not be followed.</exception>
    public static async Task<HttpResponseMessage> SendAsync(
        HttpClient client,
        Uri uri,
        Func<Uri, HttpRequestMessage> createRequest,
        CancellationToken cancellationToken,
        Func<Uri, bool>? isSameServer = null)
    {
        for (var hops = 0; ; hops++)
        {
            using var request = createRequest(uri);
            var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (!IsRedirect(response.StatusCode))
                return response;
            using (response)
            {
                if (hops == MaximumHops)
                    throw Refused(uri, $"redirects more than {MaximumHops} times");
                uri = Target(uri, request.Method, response, isSameServer);
            }
        }
    }

    private static bool IsRedirect(HttpStatusCode status) =>
        status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or PermanentRedirect;

    private static Uri Target(Uri uri, HttpMethod method, HttpResponseMessage response, Func<Uri, bool>? isSameServer)
    {
        if (response.Headers.Location is not { } location || !Uri.TryCreate(uri, location, out var target))
        {
            throw Refused(uri, "redirects without saying where to");
        }

        if (!IsSameOrigin(uri, target) && isSameServer?.Invoke(target) != true)
            throw Refused(uri, $"redirects to {new UrlSecrets(uri).Hide(Redaction.Url(target))}, which is not followed");
        if (response.StatusCode == HttpStatusCode.SeeOther && method != HttpMethod.Get)
            throw Refused(uri, "asks for another HTTP method with its redirect");
        return target;
    }

    private static bool IsSameOrigin(Uri one, Uri other) =>
        one.Port == other.Port
        && string.Equals(one.Scheme, other.Scheme, StringComparison.Ordinal)
        && string.Equals(one.HostName(), other.HostName() ?? "", StringComparison.OrdinalIgnoreCase);

    private static HttpFailureException Refused(Uri uri, string what) => new(HttpFailureKind.RedirectRefused, $"{Redaction.Url(uri)} {what}.");
}
