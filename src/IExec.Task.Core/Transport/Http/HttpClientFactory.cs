using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;

namespace IExec.Tasks.Transport.Http;

/// <summary>
/// Creates the HTTP clients. A connection keeps its clients, so that requests share kept-alive connections. No client follows redirects,
/// keeps cookies or has a timeout: <see cref="RedirectRule"/> and <see cref="TimeLimit"/> handle redirects and time.
/// </summary>
internal static class HttpClientFactory
{
    private const DecompressionMethods Compressed = DecompressionMethods.GZip | DecompressionMethods.Deflate;

    private static readonly ProductInfoHeaderValue UserAgent =
        new("IExec.Task", typeof(HttpClientFactory).Assembly.GetName().Version?.ToString(3));

    /// <param name="decompression">The accepted compressions; none for downloads that are resumed by position.</param>
    public static HttpClient Create(DecompressionMethods decompression = Compressed) => Create(HttpPlatform.CreateHandler(decompression));

    /// <summary>
    /// A client for URLs from untrusted sources: on PowerShell 7 it connects to public internet addresses only, and to exactly the addresses that were
    /// checked, so DNS rebinding has no effect.
    /// </summary>
    public static HttpClient CreateForInternet() => Create(HttpPlatform.CreateInternetHandler(Compressed, LocalNetwork.Contains));

    private static HttpClient Create(HttpMessageHandler handler)
    {
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(UserAgent);

        // Without this, .NET Framework sends Expect: 100-continue, which costs a round trip.
        client.DefaultRequestHeaders.ExpectContinue = false;
        return client;
    }
}
