using System;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Http;

namespace IExec.Tasks.Results;

/// <summary>
/// An IPFS gateway (IPFS path and trustless gateway specifications). It is asked for content by CID and believed nothing.
/// </summary>
/// <param name="client">A client that decompresses nothing, since what is downloaded is resumed by position.</param>
/// <param name="baseUri">The gateway's URL; a path in it is kept, and so is a query.</param>
/// <param name="timeLimit">How long to wait for an answer, for a block, and for a body that stands still.</param>
/// <param name="diagnostics">Hears of every exchange.</param>
internal sealed class Gateway(HttpClient client, Uri baseUri, TimeSpan timeLimit, IDiagnostics diagnostics)
{
    private const string CarType = "application/vnd.ipld.car";
    private const string RawType = "application/vnd.ipld.raw";

    /// <summary>The gateway as it can be shown.</summary>
    public string Name { get; } = Redaction.Url(baseUri);

    /// <summary>The URL of a location, with the gateway's own path before it.</summary>
    public Uri UriOf(ResultLocation location, string query = "")
    {
        var uri = new UriBuilder(baseUri);
        var path = uri.Path.TrimEnd('/') + "/ipfs/" + location.Root;
        foreach (var segment in location.Path)
            path += "/" + Uri.EscapeDataString(segment);
        uri.Path = path;

        var own = uri.Query.TrimStart('?');
        uri.Query = own.Length > 0 && query.Length > 0 ? own + "&" + query : own + query;
        return uri.Uri;
    }

    /// <summary>Asks for all blocks of a file in one stream, in the file's order.</summary>
    /// <exception cref="BlockSourceException">The gateway offers no CAR.</exception>
    /// <exception cref="HttpFailureException">It does not answer, or not with the file.</exception>
    public async Task<CarBlockSource> OpenCarAsync(ResultLocation location, CancellationToken cancellationToken)
    {
        const string Order = "; version=1; order=dfs; dups=y";
        var body = await OpenAsync(UriOf(location, "format=car&dag-scope=entity"), CarType + Order, range: null, cancellationToken).ConfigureAwait(false);
        if (IsOfType(body.Response, CarType))
            return new CarBlockSource(body);

        body.Dispose();
        throw new BlockSourceException($"{Name} offers no CAR.");
    }

    /// <summary>Asks for one block.</summary>
    /// <exception cref="BlockSourceException">The gateway offers no single blocks.</exception>
    /// <exception cref="HttpFailureException">It does not answer, or not with the block.</exception>
    public Task<byte[]> GetBlockAsync(Cid cid, CancellationToken cancellationToken) =>
        TimeLimit.RunAsync(
            timeLimit,
            async token =>
            {
                var uri = UriOf(ResultLocation.Of(cid), "format=raw");
                using var response = await SendAsync(uri, RawType, range: null, token).ConfigureAwait(false);

                // A gateway that does not know of formats sends the whole file, which is not worth reading.
                return IsOfType(response, RawType)
                    ? await BoundedContent.ReadAsync(response, UnixFsNode.MaximumBlockLength, token).ConfigureAwait(false)
                    : throw new BlockSourceException($"{Name} offers no single blocks.");
            },
            cancellationToken);

    /// <summary>Asks for a file as such.</summary>
    /// <param name="location">The file.</param>
    /// <param name="range">The part wanted, if the file is still the same; null for all of it.</param>
    /// <param name="cancellationToken">Ends the exchange and the body.</param>
    /// <exception cref="HttpFailureException">It does not answer, or not with the file.</exception>
    public Task<GatewayBody> OpenFileAsync(ResultLocation location, (long From, EntityTagHeaderValue Tag)? range, CancellationToken cancellationToken) =>
        OpenAsync(UriOf(location), "*/*", range, cancellationToken);

    /// <summary>Whether an answer says that the gateway does not serve this kind of content, rather than that it has none.</summary>
    private static bool IsRefusal(HttpStatusCode status) =>
        status is HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotAcceptable
            or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.NotImplemented;

    private static bool IsOfType(HttpResponseMessage response, string type) =>
        string.Equals(response.Content.Headers.ContentType?.MediaType, type, StringComparison.OrdinalIgnoreCase);

    private static HttpRequestMessage CreateRequest(Uri uri, string accept, (long From, EntityTagHeaderValue Tag)? range)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (range is { } part)
        {
            request.Headers.Range = new RangeHeaderValue(part.From, null);
            request.Headers.IfRange = new RangeConditionHeaderValue(part.Tag);
        }

        return request;
    }

    private async Task<GatewayBody> OpenAsync(
        Uri uri, string accept, (long From, EntityTagHeaderValue Tag)? range, CancellationToken cancellationToken)
    {
        var response = await TimeLimit.RunAsync(timeLimit, token => SendAsync(uri, accept, range, token), cancellationToken).ConfigureAwait(false);
        return new GatewayBody(response, await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), timeLimit, cancellationToken);
    }

    /// <summary>Sends a request; comes back with the headers of an answer that brings content.</summary>
    private async Task<HttpResponseMessage> SendAsync(
        Uri uri, string accept, (long From, EntityTagHeaderValue Tag)? range, CancellationToken cancellationToken)
    {
        var response = await RedirectRule.SendAsync(client, uri, next => CreateRequest(next, accept, range), cancellationToken).ConfigureAwait(false);
        diagnostics.Debug($"{Name}: HTTP {(int)response.StatusCode}, {response.Content.Headers.ContentType}, {response.Content.Headers.ContentLength} bytes.");
        if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent)
            return response;

        using (response)
            throw Failure(uri, response);
    }

    private Exception Failure(Uri uri, HttpResponseMessage response) =>
        IsRefusal(response.StatusCode)
            ? new BlockSourceException($"{Name} refuses with HTTP status {(int)response.StatusCode}.")
            : HttpFailureException.FromStatus(uri, new(response.StatusCode, null, response.Headers.RetryAfter?.Delta, []));
}
