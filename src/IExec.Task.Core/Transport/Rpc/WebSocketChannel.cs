using System;
using System.Collections.Generic;
using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.Transport.Rpc;

/// <summary>An open WebSocket to a node: any number of concurrent requests, matched by their ids, and notifications.</summary>
internal sealed class WebSocketChannel : IDisposable
{
    private const int FirstBuffer = 16 * 1024;

    private readonly ClientWebSocket _socket;
    private readonly Uri _uri;
    private readonly Action<JsonElement>? _onNotification;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly List<(RpcPayload Request, TaskCompletionSource<ReadOnlyMemory<byte>> Answer)> _pending = [];
    private readonly TaskCompletionSource<bool> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HttpFailureException? _failure;

    private WebSocketChannel(ClientWebSocket socket, Uri uri, Action<JsonElement>? onNotification)
    {
        _socket = socket;
        _uri = uri;
        _onNotification = onNotification;
        _ = ReceiveAsync();
    }

    /// <summary>Completes when the socket is closed, by either side.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Opens a socket. User information in the URL becomes Basic authentication.</summary>
    /// <param name="uri">ws or wss.</param>
    /// <param name="onNotification">Receives the <c>params</c> of each <c>eth_subscription</c>; called on the receiving thread.</param>
    /// <param name="cancellationToken">Cancels the attempt.</param>
    /// <exception cref="HttpFailureException">ConnectFailed.</exception>
    public static async Task<WebSocketChannel> OpenAsync(Uri uri, Action<JsonElement>? onNotification, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        try
        {
            if (uri.UserInfo.Length > 0)
                socket.Options.SetRequestHeader("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(uri.UserInfo))));
            await socket.ConnectAsync(new UriBuilder(uri) { UserName = "", Password = "" }.Uri, cancellationToken).ConfigureAwait(false);
            return new WebSocketChannel(socket, uri, onNotification);
        }
        catch (Exception exception)
        {
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            if (exception is WebSocketException or OperationCanceledException || HttpFailureException.IsExpected(exception))
                throw new HttpFailureException(HttpFailureKind.ConnectFailed, $"{Redaction.Url(uri)} cannot be reached: {exception.GetBaseException().Message}", exception);
            throw;
        }
    }

    /// <summary>Sends a request or a batch and waits for its response.</summary>
    /// <exception cref="HttpFailureException">The connection broke, or the node sent something other than JSON-RPC.</exception>
    public async Task<ReadOnlyMemory<byte>> SendAsync(RpcPayload request, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<ReadOnlyMemory<byte>>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_pending)
        {
            if (_failure is not null)
                throw _failure;
            _pending.Add((request, answer));
        }

        try
        {
            using var registration = cancellationToken.Register(() => answer.TrySetCanceled(cancellationToken));
            await WriteAsync(request.Utf8, cancellationToken).ConfigureAwait(false);
            return await answer.Task.ConfigureAwait(false);
        }
        finally
        {
            lock (_pending)
                _pending.RemoveAll(entry => entry.Answer == answer);
        }
    }

    /// <summary>Closes the socket; pending requests fail.</summary>
    public void Dispose() => Close(new HttpFailureException(HttpFailureKind.Broken, $"The connection to {Redaction.Url(_uri)} was closed."));

    private async Task WriteAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Writes are not cancelled, since that would break the socket for all other requests.
            var segment = MemoryMarshal.TryGetArray(message, out var array) ? array : new ArraySegment<byte>(message.ToArray());
            await _socket.SendAsync(segment, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is WebSocketException or ObjectDisposedException or InvalidOperationException || HttpFailureException.IsExpected(exception))
        {
            throw Close(Broken(exception));
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task ReceiveAsync()
    {
        try
        {
            var buffer = new byte[FirstBuffer];
            while (await ReceiveMessageAsync(buffer).ConfigureAwait(false) is { } message)
                Dispatch(message);
            Close(new HttpFailureException(HttpFailureKind.Broken, $"{Redaction.Url(_uri)} closed the connection."));
        }
        catch (HttpFailureException failure)
        {
            Close(failure);
        }
        catch (JsonException exception)
        {
            Close(new HttpFailureException(HttpFailureKind.Malformed, $"{Redaction.Url(_uri)} sent a message that is not JSON-RPC: {exception.Message}", exception));
        }
        catch (Exception exception) when (exception is WebSocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException || HttpFailureException.IsExpected(exception))
        {
            Close(Broken(exception));
        }
    }

    /// <summary>Receives a whole message; null when the node closes.</summary>
    private async Task<byte[]?> ReceiveMessageAsync(byte[] first)
    {
        var (buffer, end) = (first, 0);
        while (true)
        {
            var part = await _socket.ReceiveAsync(new ArraySegment<byte>(buffer, end, buffer.Length - end), CancellationToken.None).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            end += part.Count;
            if (part.EndOfMessage)
                return buffer.AsSpan(0, end).ToArray();
            if (end > HttpRpcTransport.LargestAnswer)
                throw new HttpFailureException(HttpFailureKind.TooLarge, $"{Redaction.Url(_uri)} sent more than {HttpRpcTransport.LargestAnswer} bytes.");
            if (end == buffer.Length)
                Array.Resize(ref buffer, 2 * end);
        }
    }

    private void Dispatch(byte[] message)
    {
        var incoming = RpcIncoming.Read(message);
        if (incoming.IsNotification)
        {
            if (_onNotification is null)
                return;
            using var document = JsonDocument.Parse(message);
            if (document.RootElement.TryGetProperty("params", out var parameters))
                _onNotification(parameters);
            return;
        }

        lock (_pending)
        {
            // An error without an id belongs to the only pending request.
            var index = incoming.Id is { } id ? _pending.FindIndex(entry => entry.Request.Holds(id)) : _pending.Count == 1 ? 0 : -1;
            if (index >= 0)
                _pending[index].Answer.TrySetResult(message);
        }
    }

    private HttpFailureException Close(HttpFailureException failure)
    {
        lock (_pending)
        {
            failure = _failure ??= failure;
            foreach (var (_, answer) in _pending)
                answer.TrySetException(failure);
        }

        _socket.Dispose();
        _closed.TrySetResult(true);
        return failure;
    }

    private HttpFailureException Broken(Exception exception) =>
        new(HttpFailureKind.Broken, $"The connection to {Redaction.Url(_uri)} broke: {exception.GetBaseException().Message}", exception);
}
