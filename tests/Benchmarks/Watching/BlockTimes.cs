using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Benchmarks.Watching;

/// <summary>Notes when the node announces each block; block times themselves are in whole seconds.</summary>
internal sealed class BlockTimes : IDisposable
{
    private readonly ConcurrentDictionary<long, DateTimeOffset> _announced = [];
    private readonly ClientWebSocket _socket = new();

    public static async Task<BlockTimes> StartAsync(Uri node)
    {
        var times = new BlockTimes();
        await times._socket.ConnectAsync(node, CancellationToken.None);
        await times._socket.SendAsync("""{"jsonrpc":"2.0","id":1,"method":"eth_subscribe","params":["newHeads"]}"""u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        await times.ReadAsync();
        _ = times.ListenAsync();
        return times;
    }

    /// <summary>How long after its block each update came out, where the block was announced meanwhile; sorted.</summary>
    public IReadOnlyList<TimeSpan> Latencies(IEnumerable<EmittedUpdate> updates) =>
        [.. updates.Where(update => _announced.ContainsKey(update.BlockNumber)).Select(update => update.At - _announced[update.BlockNumber]).Order()];

    public void Dispose() => _socket.Dispose();

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                var head = (await ReadAsync()).GetProperty("params").GetProperty("result");
                _announced[Convert.ToInt64(head.GetProperty("number").GetString(), 16)] = DateTimeOffset.UtcNow;
            }
        }
        catch (Exception exception) when (exception is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Disposed, or the node has ended.
        }
    }

    private async Task<JsonElement> ReadAsync()
    {
        var message = new List<byte>();
        var buffer = new byte[16 * 1024];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            message.AddRange(buffer.AsSpan(0, part.Count));
        }
        while (!part.EndOfMessage);
        return JsonSerializer.Deserialize<JsonElement>(message.ToArray());
    }
}
