using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Fakes;

/// <summary>A loopback port that can refuse connections or leave them unanswered, and stays reserved.</summary>
internal sealed class FaultyPort : IDisposable
{
    private const int Backlog = 128;

    private readonly Socket _reservation = Bind(0);
    private readonly Func<Socket, CancellationToken, Task> _serve;
    private CancellationTokenSource _connections = new();
    private Socket? _listener;
    private Socket? _filler;

    /// <param name="serve">Serves one connection, and closes it.</param>
    public FaultyPort(Func<Socket, CancellationToken, Task> serve)
    {
        _serve = serve;
        Open();
    }

    public int Number => ((IPEndPoint)_reservation.LocalEndPoint!).Port;

    /// <summary>Accepts connections.</summary>
    public void Open()
    {
        Listen(Backlog);
        var listener = _listener!;
        _ = Task.Run(() => AcceptAsync(listener)); // without the caller's synchronization context
    }

    /// <summary>Refuses new connections.</summary>
    public void Refuse()
    {
        _listener?.Dispose();
        _filler?.Dispose();
        _listener = _filler = null;
    }

    /// <summary>Leaves new connections unanswered: the backlog of one is full.</summary>
    public void Ignore()
    {
        Listen(backlog: 0);
        _filler = new Socket(SocketType.Stream, ProtocolType.Tcp);
        _filler.Connect(IPAddress.Loopback, Number);
    }

    /// <summary>Breaks all open connections.</summary>
    public void Drop()
    {
        var broken = Interlocked.Exchange(ref _connections, new CancellationTokenSource());
        broken.Cancel();
        broken.Dispose();
    }

    public void Dispose()
    {
        Refuse();
        Drop();
        _reservation.Dispose();
    }

    private void Listen(int backlog)
    {
        Refuse();
        _listener = Bind(Number);
        _listener.Listen(backlog);
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            try
            {
                _ = _serve(await listener.AcceptAsync(), _connections.Token);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return; // closed
            }
        }
    }

    private static Socket Bind(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }
}
