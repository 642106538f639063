using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;

namespace IExec.Tasks.Transport.Http;

/// <summary>
/// Makes the HTTP clients. A connection keeps the one it gets for its life, so that exchanges share kept-alive connections.
/// No client follows redirects, keeps cookies or has a time-out of its own: <see cref="RedirectRule"/> and <see cref="TimeLimit"/> do.
/// </summary>
internal static class HttpClientFactory
{
    private const DecompressionMethods Compressed = DecompressionMethods.GZip | DecompressionMethods.Deflate;

    private static readonly ProductInfoHeaderValue UserAgent =
        new("IExec.Task", typeof(HttpClientFactory).Assembly.GetName().Version?.ToString(3));

    /// <param name="decompression">What servers may compress answers with; none for downloads that are resumed by position.</param>
    public static HttpClient Create(DecompressionMethods decompression = Compressed) => Create(HttpPlatform.CreateHandler(decompression));

    /// <summary>
    /// A client for URLs of someone else's choice: on PowerShell 7 it connects to addresses of the internet only, whatever a name server says
    /// from one moment to the next.
    /// </summary>
    public static HttpClient CreateForInternet() => Create(HttpPlatform.CreateInternetHandler(Compressed, LocalNetwork.Contains));

    private static HttpClient Create(HttpMessageHandler handler)
    {
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(UserAgent);

        // .NET Framework would ask for permission before every body, which costs a round trip.
        client.DefaultRequestHeaders.ExpectContinue = false;
        return client;
    }
}
