using System;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Fakes;

/// <summary>
/// A proxy before an HTTP server, on its own port, that can change responses, refuse connections or leave them unanswered.
/// It writes HTTP itself, so that it can break its rules.
/// </summary>
public sealed class FaultyProxy : IDisposable
{
    private static readonly HttpClient Client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private static readonly string[] Passed = ["Accept", "Authorization", "Range", "If-Range"];
    private static readonly string[] PassedBack = ["ETag", "Accept-Ranges"];

    private readonly ConcurrentDictionary<Socket, bool> _idle = new();
    private readonly FaultyPort _port;
    private readonly string _path;
    private long _bytesSent;
    private int _requestCount;

    /// <param name="path">A prefix of every request's path, which is not passed on.</param>
    public FaultyProxy(string path = "")
    {
        _path = path;
        _port = new FaultyPort(ServeAsync);
        Url = new Uri($"http://127.0.0.1:{_port.Number}{path}/");
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>The server behind it.</summary>
    public Uri Target { get; set; } = new("http://127.0.0.1:1");

    /// <summary>Gets a request, its number since the last <see cref="Reset"/> and the server's response, and returns the response to send.</summary>
    public Func<RecordedRequest, int, ScriptedReply, ScriptedReply> Intercept { get; set; } = (_, _, reply) => reply;

    /// <summary>The number of requests since the last <see cref="Reset"/>.</summary>
    public int RequestCount => Volatile.Read(ref _requestCount);

    /// <summary>The number of body bytes sent since the last <see cref="Reset"/>.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesSent);

    /// <summary>Closes all connections, opens the port and removes the interception.</summary>
    public void Reset()
    {
        Intercept = (_, _, reply) => reply;
        _port.Drop();
        _port.Open();
        _bytesSent = 0;
        _requestCount = 0;
    }

    /// <summary>Takes new connections again.</summary>
    public void Open() => _port.Open();

    /// <summary>Refuses new connections and closes idle ones.</summary>
    public void Refuse()
    {
        _port.Refuse();
        CloseIdle();
    }

    /// <summary>Leaves new connections unanswered and closes idle ones.</summary>
    public void Ignore()
    {
        _port.Ignore();
        CloseIdle();
    }

    public void Dispose() => _port.Dispose();

    private async Task ServeAsync(Socket socket, CancellationToken cancellationToken)
    {
        using (socket)
        {
            try
            {
                var wire = new HttpWire(socket, count => Interlocked.Add(ref _bytesSent, count), cancellationToken);
                while (true)
                {
                    _idle[socket] = true;
                    var request = await wire.ReadAsync();
                    if (!_idle.TryRemove(socket, out _) || request is null)
                        return;
                    var number = Interlocked.Increment(ref _requestCount);
                    var response = await PassOnAsync(request, cancellationToken);
                    if (!await wire.SendAsync(Intercept(request, number, response)))
                        return;
                }
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The client went away, or its connection was closed.
            }
            finally
            {
                _idle.TryRemove(socket, out _);
            }
        }
    }

    private void CloseIdle()
    {
        foreach (var socket in _idle.Keys.Where(socket => _idle.TryRemove(socket, out _)))
            socket.Dispose();
    }

    private async Task<ScriptedReply> PassOnAsync(RecordedRequest request, CancellationToken cancellationToken)
    {
        if (!request.Path.StartsWith(_path, StringComparison.Ordinal))
            return ScriptedReply.WithStatus(HttpStatusCode.NotFound);
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(Target, request.Path[_path.Length..] + request.Query));
        if (request.Body.Length > 0)
        {
            message.Content = new ByteArrayContent(request.Body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.Header("Content-Type"));
        }

        foreach (var name in Passed.Where(name => request.Header(name) is not null))
            message.Headers.TryAddWithoutValidation(name, request.Header(name));

        using var response = await Client.SendAsync(message, cancellationToken);
        var headers = response.Headers.Where(header => PassedBack.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .ToImmutableDictionary(header => header.Key, header => string.Join(", ", header.Value));
        if (response.Content.Headers.ContentRange is { } range)
            headers = headers.Add("Content-Range", range.ToString());
        return new ScriptedReply
        {
            Status = response.StatusCode,
            ContentType = response.Content.Headers.ContentType?.ToString(),
            Headers = headers,
            Body = await response.Content.ReadAsByteArrayAsync(cancellationToken),
        };
    }
}
