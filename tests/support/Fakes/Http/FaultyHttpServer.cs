using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IExec.Tasks.Fakes;

/// <summary>
/// A real HTTP server on a free loopback port. It sends the scripted replies, in order, and then those of
/// <see cref="Handler"/>. It records every request.
/// </summary>
public sealed class FaultyHttpServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<ScriptedReply> _script = new();
    private readonly ConcurrentQueue<RecordedRequest> _requests = new();
    private int _unanswered;

    private FaultyHttpServer(WebApplication application) => _application = application;

    /// <summary>Where it listens, ending with '/'.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Handles requests after the scripted replies; HTTP 404 at first.</summary>
    public Func<RecordedRequest, ScriptedReply> Handler { get; set; } = _ => ScriptedReply.WithStatus(HttpStatusCode.NotFound);

    /// <summary>Every request so far, in the order of their arrival.</summary>
    public IReadOnlyList<RecordedRequest> Requests => [.. _requests];

    /// <summary>How many requests have no response yet.</summary>
    public int Unanswered => Volatile.Read(ref _unanswered);

    /// <summary>Completes when no request is open: all got a response, or their clients disconnected.</summary>
    public async Task IdleAsync()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (Unanswered > 0)
            await Task.Delay(5, timeout.Token);
    }

    public static async Task<FaultyHttpServer> StartAsync(params ScriptedReply[] script)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinResponseDataRate = null;
        });
        var application = builder.Build();
        var server = new FaultyHttpServer(application);
        server.Enqueue(script);
        application.Run(server.AnswerAsync);
        await application.StartAsync();
        server.Url = new Uri(application.Urls.Single() + "/");
        return server;
    }

    /// <summary>Adds a scripted reply.</summary>
    public void Enqueue(params IEnumerable<ScriptedReply> replies)
    {
        foreach (var reply in replies)
            _script.Enqueue(reply);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Interlocked.Increment(ref _unanswered);
        try
        {
            await AnswerOrFailAsync(context);
        }
        finally
        {
            Interlocked.Decrement(ref _unanswered);
        }
    }

    private async Task AnswerOrFailAsync(HttpContext context)
    {
        var request = await RecordAsync(context.Request);
        _requests.Enqueue(request);
        var reply = _script.TryDequeue(out var scripted) ? scripted : Handler(request);

        await Task.Delay(reply.Delay, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (reply.Reset || context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
            return;
        }

        await SendAsync(context, reply);
    }

    private static async Task SendAsync(HttpContext context, ScriptedReply reply)
    {
        var response = context.Response;
        var body = reply.Gzip ? Compress(reply.Body) : reply.Body;
        response.StatusCode = (int)reply.Status;
        if (reply.ContentType is not null)
            response.ContentType = reply.ContentType;
        if (reply.Gzip)
            response.Headers.ContentEncoding = "gzip";
        if (!reply.Chunked)
            response.ContentLength = body.Length;
        foreach (var (name, value) in reply.Headers)
            response.Headers[name] = value;

        var first = reply.TruncateAfter ?? (reply.DelayInBody > TimeSpan.Zero ? body.Length / 2 : body.Length);
        try
        {
            await response.Body.WriteAsync(body.AsMemory(0, first), context.RequestAborted);
            await response.Body.FlushAsync(context.RequestAborted);
            if (reply.TruncateAfter is not null)
            {
                context.Abort();
                return;
            }

            await Task.Delay(reply.DelayInBody, context.RequestAborted);
            await response.Body.WriteAsync(body.AsMemory(first), context.RequestAborted);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client disconnected, which many tests cause.
        }
    }

    private static async Task<RecordedRequest> RecordAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new RecordedRequest(request.Method, request.Path.Value ?? "", request.QueryString.Value ?? "", headers, body.ToArray());
    }

    private static byte[] Compress(byte[] body)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            gzip.Write(body);
        return compressed.ToArray();
    }
}
