#if NET
using System;
#else
using System.Net.Sockets;
#endif
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Http;

/// <summary>Where the HTTP stacks of .NET and .NET Framework differ.</summary>
internal static class HttpPlatform
{
#if NET
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    /// <summary>A connection that lives longer would not notice that its host has moved.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    public static HttpMessageHandler CreateHandler(DecompressionMethods decompression) => new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = decompression,
        ConnectTimeout = ConnectTimeout,
        PooledConnectionLifetime = ConnectionLifetime,
    };

    /// <summary>Whether no byte of the request was sent.</summary>
    public static bool IsConnectFailure(this HttpRequestException exception) =>
        exception.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    /// <summary>The addresses of a host.</summary>
    public static Task<IPAddress[]> GetHostAddressesAsync(string host, CancellationToken cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken);
#else
    /// <summary>.NET Framework allows two connections to a host by default.</summary>
    private const int ConnectionsPerServer = 16;

    public static HttpMessageHandler CreateHandler(DecompressionMethods decompression)
    {
        // Windows PowerShell 5.1 on an older Windows offers no TLS 1.2 unless asked; the default leaves it to the system, which does.
        if (ServicePointManager.SecurityProtocol != default) ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls12;
        return new HttpClientHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = decompression,
            MaxConnectionsPerServer = ConnectionsPerServer,
        };
    }

    /// <summary>Whether no byte of the request was sent.</summary>
    public static bool IsConnectFailure(this HttpRequestException exception) => exception.InnerException switch
    {
        WebException web => web.Status is WebExceptionStatus.NameResolutionFailure or WebExceptionStatus.ProxyNameResolutionFailure
            or WebExceptionStatus.ConnectFailure or WebExceptionStatus.SecureChannelFailure or WebExceptionStatus.TrustFailure,
        SocketException socket => socket.SocketErrorCode is SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.HostUnreachable
            or SocketError.NetworkUnreachable or SocketError.TryAgain,
        _ => false,
    };

    /// <summary>The addresses of a host. The lookup cannot be stopped, only no longer waited for.</summary>
    public static async Task<IPAddress[]> GetHostAddressesAsync(string host, CancellationToken cancellationToken)
    {
        var lookup = Dns.GetHostAddressesAsync(host);
        var cancelled = new TaskCompletionSource<IPAddress[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(() => cancelled.TrySetCanceled(cancellationToken)))
            return await (await Task.WhenAny(lookup, cancelled.Task).ConfigureAwait(false)).ConfigureAwait(false);
    }
#endif
}
