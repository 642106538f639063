using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Results.Ipfs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IExec.Tasks.Fakes.Ipfs;

/// <summary>
/// An IPFS gateway on a free loopback port: plain files with ETag, Range and HEAD, <c>format=raw</c> and <c>format=car</c> as in the
/// trustless gateway specification, and the faults of <see cref="Faults"/>.
/// </summary>
internal sealed class IpfsGateway : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<GatewayRequest> _requests = new();
    private long _bytesSent;

    private IpfsGateway(WebApplication application, BlockStore blocks)
    {
        _application = application;
        Blocks = blocks;
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Its blocks.</summary>
    public BlockStore Blocks { get; }

    /// <summary>Its faults.</summary>
    public GatewayFaults Faults { get; } = new();

    /// <summary>Every request so far.</summary>
    public IReadOnlyList<GatewayRequest> Requests => [.. _requests];

    /// <summary>Body bytes sent so far.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    public static async Task<IpfsGateway> StartAsync(BlockStore? blocks = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MinResponseDataRate = null;
        });
        var application = builder.Build();
        var gateway = new IpfsGateway(application, blocks ?? new());
        application.Run(gateway.AnswerAsync);
        await application.StartAsync();
        gateway.Url = new Uri(application.Urls.Single());
        return gateway;
    }

    /// <summary>Forgets the requests and the count of bytes.</summary>
    public void ClearRecord()
    {
        _requests.Clear();
        Interlocked.Exchange(ref _bytesSent, 0);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        var accept = request.Headers.Accept.ToString();
        _requests.Enqueue(new(request.Method, request.Host.ToString(), request.Path, request.QueryString.Value ?? "", accept, request.Headers.Range.ToString()));
        var body = new FaultyBody(context, Faults, length => Interlocked.Add(ref _bytesSent, length));
        try
        {
            if (Faults.Silent)
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            if (await AnswerBeforeContentAsync(context))
                return;

            var format = request.Query["format"].ToString();
            if (format == "car" || accept.Contains("vnd.ipld.car", StringComparison.Ordinal))
                await SendCarAsync(context, body);
            else if (format == "raw" || accept.Contains("vnd.ipld.raw", StringComparison.Ordinal))
                await SendBlockAsync(context, body);
            else
                await SendFileAsync(context, body);
        }
        catch (OperationCanceledException)
        {
            // The client disconnected, or the fault was to disconnect it.
        }
    }

    private async Task<bool> AnswerBeforeContentAsync(HttpContext context)
    {
        if (Faults.RedirectTo is { } elsewhere)
        {
            context.Response.Redirect(elsewhere + context.Request.Path + context.Request.QueryString);
            return true;
        }

        if (Faults.RedirectsToSubdomain && !context.Request.Host.Host.Contains(".ipfs.", StringComparison.Ordinal) && Locate(context) is { } steps)
        {
            var rest = (context.Request.Path.Value ?? "").Split('/').Skip(3);
            context.Response.Redirect($"http://{steps[0]}.ipfs.{context.Request.Host}/{string.Join('/', rest)}{context.Request.QueryString}");
            return true;
        }

        if (Faults.Statuses.TryDequeue(out var status))
        {
            context.Response.StatusCode = (int)status;
            await context.Response.WriteAsync("a fault");
            return true;
        }

        return false;
    }

    private async Task SendCarAsync(HttpContext context, FaultyBody body)
    {
        if (!Faults.OffersCar)
        {
            await SendOtherwiseAsync(context, body);
            return;
        }

        if (Locate(context) is not { } steps)
            return;

        context.Response.ContentType = Faults.ContentType ?? "application/vnd.ipld.car; version=1; order=dfs; dups=y";
        context.Response.Headers.ETag = $"W/\"{steps[^1]}.car.1\"";
        if (HttpMethods.IsHead(context.Request.Method))
            return;

        await body.WriteAsync(CarWriter.Header(steps[0]));
        foreach (var cid in Faults.Arrange(steps.SkipLast(1).Concat(Blocks.Walk(steps[^1]))))
        {
            if (Faults.EndCarAfter is { } end && body.Sent > end)
                return;
            var block = Read(cid);
            await body.WriteAsync(CarWriter.SectionHead(cid, block.Length));
            await body.WriteAsync(block);
        }

        await body.GoOnAsync();
    }

    private async Task SendBlockAsync(HttpContext context, FaultyBody body)
    {
        if (!Faults.OffersBlocks)
        {
            await SendOtherwiseAsync(context, body);
            return;
        }

        if (Locate(context) is not { } steps)
            return;

        var block = Read(steps[^1]);
        context.Response.ContentType = Faults.ContentType ?? "application/vnd.ipld.raw";
        context.Response.Headers.ETag = $"\"{steps[^1]}.raw\"";
        context.Response.ContentLength = Faults.Endless ? null : block.Length;
        if (HttpMethods.IsHead(context.Request.Method))
            return;

        await body.WriteAsync(block);
        await body.GoOnAsync();
    }

    /// <summary>A gateway without formats sends the plain file.</summary>
    private async Task SendOtherwiseAsync(HttpContext context, FaultyBody body)
    {
        if (Faults.RefusesFormats)
            context.Response.StatusCode = (int)HttpStatusCode.NotAcceptable;
        else
            await SendFileAsync(context, body);
    }

    private async Task SendFileAsync(HttpContext context, FaultyBody body)
    {
        if (Locate(context) is not { } steps)
            return;

        var length = UnixFsNode.Read(steps[^1], Blocks.Find(steps[^1])!).Size;
        var from = StartOf(context.Request, $"\"{steps[^1]}\"");
        var response = context.Response;
        response.Headers.ETag = $"\"{steps[^1]}\"";
        response.Headers.AcceptRanges = Faults.OffersRanges ? "bytes" : "none";
        response.ContentType = "application/zip";
        if (from > 0 && from >= length)
        {
            response.StatusCode = (int)HttpStatusCode.RequestedRangeNotSatisfiable;
            return;
        }

        if (from > 0)
        {
            response.StatusCode = (int)HttpStatusCode.PartialContent;
            response.Headers.ContentRange = $"bytes {from}-{length - 1}/{length}";
        }

        response.ContentLength = Faults.Endless ? null : length - from;
        if (!HttpMethods.IsHead(context.Request.Method))
            await SendContentAsync(steps[^1], from, body);
    }

    private async Task SendContentAsync(Cid root, long from, FaultyBody body)
    {
        var position = 0L;
        foreach (var cid in Blocks.Walk(root))
        {
            var content = UnixFsNode.Read(cid, Blocks.Find(cid)!).Content;
            if (Faults.Flipped.Contains(cid) && !content.IsEmpty)
                content = Flip(content.ToArray());
            var skip = Math.Clamp(from - position, 0, content.Length);
            position += content.Length;
            await body.WriteAsync(content[(int)skip..]);
        }

        await body.GoOnAsync();
    }

    private long StartOf(HttpRequest request, string tag)
    {
        var range = request.Headers.Range.ToString();
        var condition = request.Headers.IfRange.ToString();
        return Faults.OffersRanges && range.StartsWith("bytes=", StringComparison.Ordinal) && range.EndsWith('-') && (condition.Length == 0 || condition == tag)
            ? long.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture)
            : 0;
    }

    /// <summary>The CIDs along the path; null after a response of 404.</summary>
    private List<Cid>? Locate(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        var host = context.Request.Host.Host;
        if (host.IndexOf(".ipfs.", StringComparison.Ordinal) is > 0 and var end)
            path = $"{Faults.PathPrefix}/ipfs/{host[..end]}{path.TrimEnd('/')}";
        var prefix = Faults.PathPrefix + "/ipfs/";
        var segments = path.StartsWith(prefix, StringComparison.Ordinal) ? path[prefix.Length..].Split('/') : [""];
        List<Cid> steps = [];
        if (Cid.TryParse(segments[0], out var cid) && Blocks.Find(cid) is { } block)
        {
            steps.Add(cid);
            foreach (var name in segments.Skip(1))
            {
                var next = DagPbNode.Read(block).Links.FirstOrDefault(link => link.Name == name).Target;
                if (next is null || Blocks.Find(next) is not { } found)
                {
                    steps.Clear();
                    break;
                }

                steps.Add(next);
                block = found;
            }
        }

        if (steps.Count > 0)
            return steps;
        context.Response.StatusCode = (int)HttpStatusCode.NotFound;
        return null;
    }

    private byte[] Read(Cid cid)
    {
        var block = Blocks.Find(cid) ?? throw new InvalidOperationException($"{cid} is not in the store.");
        return Faults.Flipped.Contains(cid) ? Flip((byte[])block.Clone()) : block;
    }

    private static byte[] Flip(byte[] bytes)
    {
        bytes[bytes.Length / 2] ^= 1;
        return bytes;
    }
}
