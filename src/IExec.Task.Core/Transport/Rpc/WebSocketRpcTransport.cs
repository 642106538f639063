using System;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Diagnostics;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.Transport.Rpc;

/// <summary>Sends requests to a node through a WebSocket, which is opened when it is first needed, and again after it broke.</summary>
internal sealed class WebSocketRpcTransport(Uri uri, TimeSpan timeout) : IRpcTransport, IDisposable
{
    private readonly SemaphoreSlim _opening = new(1);
    private WebSocketChannel? _channel;

    public string Name { get; } = Redaction.Url(uri);

    public UrlSecrets Secrets { get; } = new(uri);

    public async Task<RpcAnswer> SendAsync(RpcPayload request, IDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        WebSocketChannel? channel = null;
        diagnostics.CountRequest();
        try
        {
            return await TimeLimit.RunAsync(
                timeout,
                async token =>
                {
                    channel = await GetChannelAsync(diagnostics, token).ConfigureAwait(false);
                    return new RpcAnswer(await channel.SendAsync(request, token).ConfigureAwait(false), Secrets);
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            channel?.Dispose(); // a socket that does not respond may be dead
            throw HttpFailureException.From(uri, exception);
        }
    }

    /// <summary>Opens a separate socket, for subscriptions.</summary>
    /// <exception cref="HttpFailureException">ConnectFailed, TimedOut.</exception>
    public async Task<WebSocketChannel> OpenChannelAsync(Action<JsonElement> onNotification, CancellationToken cancellationToken)
    {
        try
        {
            return await TimeLimit.RunAsync(timeout, token => WebSocketChannel.OpenAsync(uri, onNotification, token), cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw HttpFailureException.From(uri, exception);
        }
    }

    public void Dispose()
    {
        _channel?.Dispose();
        _opening.Dispose();
    }

    private async Task<WebSocketChannel> GetChannelAsync(IDiagnostics diagnostics, CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_channel is null || _channel.Closed.IsCompleted)
            {
                _channel = await WebSocketChannel.OpenAsync(uri, null, cancellationToken).ConfigureAwait(false);
                diagnostics.Debug($"{Name}: WebSocket open.");
            }

            return _channel;
        }
        finally
        {
            _opening.Release();
        }
    }
}
