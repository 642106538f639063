using System;
#if NET
using System.IO;
#endif
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks;

/// <summary>Differences between the HTTP stacks of .NET and .NET Framework.</summary>
internal static class HttpPlatform
{
#if NET
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    /// <summary>A connection that is kept longer would not notice a change in DNS.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    public static SocketsHttpHandler CreateHandler(DecompressionMethods decompression) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = decompression,
        ConnectTimeout = ConnectTimeout,
        PooledConnectionLifetime = ConnectionLifetime,
    };

    /// <summary>A handler that connects to public internet addresses only, and exactly to those that it has checked.</summary>
    public static HttpMessageHandler CreateInternetHandler(DecompressionMethods decompression, Predicate<IPAddress> isLocal)
    {
        var handler = CreateHandler(decompression);
        handler.ConnectCallback = (context, cancellationToken) => ConnectToInternetAsync(context, isLocal, cancellationToken);
        return handler;
    }

    private static async ValueTask<Stream> ConnectToInternetAsync(
        SocketsHttpConnectionContext context, Predicate<IPAddress> isLocal, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);

        // A host other than the request's is the user's own proxy.
        if (string.Equals(host, context.InitialRequestMessage.RequestUri!.IdnHost, StringComparison.OrdinalIgnoreCase) && Array.Exists(addresses, isLocal))
            throw new IOException($"{host} leads to this machine or its own network.");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

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
        if (ServicePointManager.SecurityProtocol != default)
            ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls12;
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

    /// <summary>.NET Framework does not let us choose the address, so that only the check before the request remains.</summary>
    public static HttpMessageHandler CreateInternetHandler(DecompressionMethods decompression, Predicate<IPAddress> isLocal) => CreateHandler(decompression);

    /// <summary>The addresses of a host. The lookup cannot be cancelled, only abandoned.</summary>
    public static async Task<IPAddress[]> GetHostAddressesAsync(string host, CancellationToken cancellationToken)
    {
        var lookup = Dns.GetHostAddressesAsync(host);
        var cancelled = new TaskCompletionSource<IPAddress[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(() => cancelled.TrySetCanceled(cancellationToken)))
            return await (await Task.WhenAny(lookup, cancelled.Task).ConfigureAwait(false)).ConfigureAwait(false);
    }
#endif
}
