using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Connections;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Results.Ipfs;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.Results.Download;

/// <summary>An IPFS gateway (IPFS path, subdomain and trustless gateway specifications). Nothing that it sends is trusted.</summary>
/// <param name="client">A client that decompresses nothing, since downloads are resumed by position.</param>
/// <param name="baseUri">The gateway's URL, with or without <c>/ipfs</c> at its end; a path in it is kept, and so is a query.</param>
/// <param name="timeLimit">How long to wait for a response, for a block, and for the next bytes of a body.</param>
/// <param name="diagnostics">Receives the messages.</param>
internal sealed class Gateway(HttpClient client, Uri baseUri, TimeSpan timeLimit, IDiagnostics diagnostics)
{
    private const string CarType = "application/vnd.ipld.car";
    private const string RawType = "application/vnd.ipld.raw";
    private const string PathPrefix = "/ipfs";

    private readonly string _basePath = WithoutPrefix(baseUri.AbsolutePath.TrimEnd('/'));

    /// <summary>The gateways of a connection, in the order in which they are tried.</summary>
    /// <exception cref="IExecException">GatewayError: it has none.</exception>
    public static IReadOnlyList<Gateway> AllOf(IExecSession session) => session.Connection is { Gateways.Count: > 0 } connection
        ? [.. connection.Gateways.Select(url => new Gateway(connection.DownloadHttp, url, connection.Timeout, session.Diagnostics))]
        : throw new IExecException(IExecErrorId.GatewayError, "The connection has no IPFS gateway.", "Name one: Connect-IExec -IpfsGatewayUrl.");

    /// <summary>The URL without secrets.</summary>
    public string Name { get; } = Redaction.Url(baseUri);

    /// <summary>The URL of a location at this gateway.</summary>
    public Uri UriOf(ResultLocation location, string query = "")
    {
        var uri = new UriBuilder(baseUri);
        var path = _basePath + PathPrefix + "/" + location.Root;
        foreach (var segment in location.Path)
            path += "/" + Uri.EscapeDataString(segment);
        uri.Path = path;

        var own = uri.Query.TrimStart('?');
        uri.Query = own.Length > 0 && query.Length > 0 ? own + "&" + query : own + query;
        return uri.Uri;
    }

    /// <summary>
    /// Requests all blocks of a file as one CAR, in the order of the file. Whether the response is a CAR is seen when it is read: the blocks are
    /// verified, whatever the Content-Type.
    /// </summary>
    /// <exception cref="BlockSourceException">The gateway refuses to send a CAR.</exception>
    /// <exception cref="HttpFailureException">It does not respond, or not with the file.</exception>
    public async Task<CarBlockSource> OpenCarAsync(ResultLocation location, CancellationToken cancellationToken)
    {
        const string Order = "; version=1; order=dfs; dups=y";
        return new CarBlockSource(await OpenAsync(location, "format=car&dag-scope=entity", CarType + Order, range: null, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Requests one block. Content with the hash of the block is the block, whatever the Content-Type.</summary>
    /// <exception cref="BlockSourceException">The gateway does not serve single blocks.</exception>
    /// <exception cref="HttpFailureException">It does not respond, or not with the block.</exception>
    public Task<byte[]> GetBlockAsync(Cid cid, CancellationToken cancellationToken) =>
        TimeLimit.RunAsync(
            timeLimit,
            async token =>
            {
                using var response = await SendAsync(ResultLocation.Of(cid), "format=raw", RawType, range: null, token).ConfigureAwait(false);
                if (IsOfType(response, RawType))
                    return await BoundedContent.ReadAsync(response, UnixFsNode.MaximumBlockLength, token).ConfigureAwait(false);

                // A gateway that ignores the format sends the whole file.
                return await ReadBlockAsync(response, cid, token).ConfigureAwait(false) ?? throw new BlockSourceException($"{Name} serves no single blocks.");
            },
            cancellationToken);

    /// <summary>Requests a file without its blocks.</summary>
    /// <param name="location">The file.</param>
    /// <param name="range">The part to send if the file is still the same; null for the whole file.</param>
    /// <param name="cancellationToken">Ends the request and the body.</param>
    /// <exception cref="HttpFailureException">It does not respond, or not with the file.</exception>
    public Task<GatewayBody> OpenFileAsync(ResultLocation location, (long From, EntityTagHeaderValue Tag)? range, CancellationToken cancellationToken) =>
        OpenAsync(location, "", "*/*", range, cancellationToken);

    /// <summary>Repeats a request while its failure is transient.</summary>
    /// <param name="location">What is requested, for messages.</param>
    /// <param name="attempt">One request.</param>
    /// <param name="retry">How often.</param>
    /// <param name="cancellationToken">Ends the pauses.</param>
    /// <exception cref="HttpFailureException">The last attempt failed; or what the request throws.</exception>
    public Task<T> RetryAsync<T>(ResultLocation location, Func<Task<T>> attempt, RetryPolicy retry, CancellationToken cancellationToken) =>
        retry.RunAsync(
            async () =>
            {
                try
                {
                    return await attempt().ConfigureAwait(false);
                }
                catch (Exception e) when (IsBreak(e))
                {
                    throw HttpFailureException.From(UriOf(location), e);
                }
            },
            e => e is HttpFailureException { IsTransient: true },
            diagnostics,
            cancellationToken);

    /// <summary>Whether the connection to a gateway failed, rather than that the gateway refused.</summary>
    public static bool IsBreak(Exception e) => HttpFailureException.IsExpected(e) && e is not HttpFailureException;

    /// <summary>Whether a status means that the gateway does not serve this format, rather than that it does not have the content.</summary>
    private static bool IsRefusal(HttpStatusCode status) =>
        status is HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotAcceptable
            or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.NotImplemented;

    private static bool IsOfType(HttpResponseMessage response, string type) =>
        string.Equals(response.Content.Headers.ContentType?.MediaType, type, StringComparison.OrdinalIgnoreCase);

    private static HttpRequestMessage CreateRequest(Uri uri, string accept, (long From, EntityTagHeaderValue Tag)? range)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, uri);
        if (uri.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
        {
            // Names under localhost are this machine (RFC 6761), but not every resolver knows them.
            request.RequestUri = new UriBuilder(uri) { Host = "localhost" }.Uri;
            request.Headers.Host = uri.Authority;
        }

        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (range is { } part)
        {
            request.Headers.Range = new RangeHeaderValue(part.From, null);
            request.Headers.IfRange = new RangeConditionHeaderValue(part.Tag);
        }

        return request;
    }

    private static string WithoutPrefix(string path) =>
        path.EndsWith(PathPrefix, StringComparison.Ordinal) ? path[..^PathPrefix.Length] : path;

    /// <summary>Reads a response whose Content-Type is not that of a block; null when it is not the block.</summary>
    private static async Task<byte[]?> ReadBlockAsync(HttpResponseMessage response, Cid cid, CancellationToken cancellationToken)
    {
        try
        {
            var content = await BoundedContent.ReadAsync(response, UnixFsNode.MaximumBlockLength, cancellationToken).ConfigureAwait(false);
            return cid.Names(content) ? content : null;
        }
        catch (HttpFailureException e) when (e.Kind == HttpFailureKind.TooLarge)
        {
            return null;
        }
    }

    private async Task<GatewayBody> OpenAsync(
        ResultLocation location, string query, string accept, (long From, EntityTagHeaderValue Tag)? range, CancellationToken cancellationToken)
    {
        var response = await TimeLimit.RunAsync(timeLimit, token => SendAsync(location, query, accept, range, token), cancellationToken).ConfigureAwait(false);
        return new GatewayBody(response, await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), timeLimit, cancellationToken);
    }

    /// <summary>Sends a request, and returns when the headers of a successful response have arrived.</summary>
    private async Task<HttpResponseMessage> SendAsync(
        ResultLocation location, string query, string accept, (long From, EntityTagHeaderValue Tag)? range, CancellationToken cancellationToken)
    {
        var uri = UriOf(location, query);
        diagnostics.CountRequest();
        var response = await RedirectRule
            .SendAsync(client, uri, next => CreateRequest(next, accept, range), cancellationToken, target => IsOwnSubdomain(target, location.Root))
            .ConfigureAwait(false);
        diagnostics.Debug($"{Name}: HTTP {(int)response.StatusCode}, {response.Content.Headers.ContentType}, {response.Content.Headers.ContentLength} bytes.");
        if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent)
            return response;

        using (response)
            throw Failure(uri, response);
    }

    /// <summary>Whether a URL is <c>&lt;CID&gt;.ipfs.&lt;this gateway&gt;</c>, where a subdomain gateway serves the same content.</summary>
    private bool IsOwnSubdomain(Uri target, Cid root)
    {
        var host = target.HostName() ?? "";
        var rest = ".ipfs." + baseUri.HostName();
        return target.Port == baseUri.Port
            && string.Equals(target.Scheme, baseUri.Scheme, StringComparison.Ordinal)
            && host.EndsWith(rest, StringComparison.OrdinalIgnoreCase)
            && Cid.TryParse(host[..^rest.Length], out var cid)
            && cid.NamesSameBlock(root);
    }

    private Exception Failure(Uri uri, HttpResponseMessage response) =>
        IsRefusal(response.StatusCode)
            ? new BlockSourceException($"{Name} refuses with HTTP status {(int)response.StatusCode}.")
            : HttpFailureException.FromStatus(uri, new(response.StatusCode, null, response.Headers.RetryAfter?.Delta, []));
}
