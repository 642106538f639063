using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace IExec.Tasks.Fakes;

/// <summary>A relay to a server on this machine that can break all connections; new connections are accepted.</summary>
public sealed class TcpRelay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _open = [];
    private readonly int _port;

    /// <summary>Relays to this port.</summary>
    public TcpRelay(int port)
    {
        _port = port;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>The port to connect to instead.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Breaks all connections.</summary>
    /// <returns>How many there were.</returns>
    public int Cut()
    {
        lock (_open)
        {
            var count = _open.Count;
            foreach (var client in _open)
                client.Client.Close(0); // a reset, not an orderly close
            _open.Clear();
            return count;
        }
    }

    public void Dispose()
    {
        _listener.Stop();
        Cut();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = RelayAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        lock (_open)
            _open.Add(client);
        using var server = new TcpClient();
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _port);
            await Task.WhenAny(
                client.GetStream().CopyToAsync(server.GetStream()),
                server.GetStream().CopyToAsync(client.GetStream()));
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The connection was broken, or the server is down.
        }
        finally
        {
            lock (_open)
                _open.Remove(client);
            client.Dispose();
        }
    }
}
