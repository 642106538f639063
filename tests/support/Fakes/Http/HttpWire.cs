using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Fakes;

/// <summary>HTTP/1.1 on a connection of a client that sends one request after the other.</summary>
/// <param name="socket">The connection.</param>
/// <param name="count">Receives the number of body bytes sent.</param>
/// <param name="cancellationToken">Ends reading and sending.</param>
internal sealed class HttpWire(Socket socket, Action<int> count, CancellationToken cancellationToken)
{
    private const int LargestHead = 64 * 1024;

    /// <summary>The first byte of a TLS handshake.</summary>
    private const byte TlsHandshake = 0x16;

    /// <summary>Reads a request; null when there is no more.</summary>
    public async Task<RecordedRequest?> ReadAsync()
    {
        var buffer = new byte[LargestHead];
        var (filled, end) = (0, -1);
        while (end < 0)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled), cancellationToken);
            filled += read;
            if (read == 0)
                return null;
            if (buffer[0] == TlsHandshake)
            {
                await SendAsync(ScriptedReply.WithStatus(System.Net.HttpStatusCode.BadRequest).With("Connection", "close"));
                return null;
            }

            end = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
        }

        var lines = Encoding.Latin1.GetString(buffer, 0, end).Split("\r\n");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines[1..])
            headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        var body = new byte[headers.TryGetValue("Content-Length", out var length) ? int.Parse(length, CultureInfo.InvariantCulture) : 0];
        var start = end + 4;
        buffer.AsSpan(start, filled - start).CopyTo(body);
        for (var have = filled - start; have < body.Length;)
            have += await socket.ReceiveAsync(body.AsMemory(have), cancellationToken) is > 0 and var read ? read : throw new SocketException((int)SocketError.ConnectionReset);

        var (method, target) = (lines[0].Split(' ')[0], lines[0].Split(' ')[1]);
        var query = target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? mark : target.Length;
        return new RecordedRequest(method, target[..query], target[query..], headers, body);
    }

    /// <summary>Sends a response, with its faults.</summary>
    /// <returns>Whether the connection can be used for another request.</returns>
    public async Task<bool> SendAsync(ScriptedReply reply)
    {
        await Task.Delay(reply.Delay, cancellationToken);
        if (reply.Reset)
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            return false;
        }

        await SendAllAsync(Head(reply));
        var first = reply.TruncateAfter ?? (reply.DelayInBody == TimeSpan.Zero ? reply.Body.Length : reply.Body.Length / 2);
        await SendBodyAsync(reply.Body.AsMemory(0, first));
        if (reply.TruncateAfter is not null)
            return false;
        await Task.Delay(reply.DelayInBody, cancellationToken);
        await SendBodyAsync(reply.Body.AsMemory(first));
        for (var copies = 1; copies < reply.Repeat; copies++)
            await SendBodyAsync(reply.Body);
        return reply.Headers.GetValueOrDefault("Connection") != "close";
    }

    private static byte[] Head(ScriptedReply reply)
    {
        var head = new StringBuilder($"HTTP/1.1 {(int)reply.Status} {reply.Status}\r\nContent-Length: {(long)reply.Body.Length * reply.Repeat}\r\n");
        if (reply.ContentType is not null)
            head.Append($"Content-Type: {reply.ContentType}\r\n");
        foreach (var (name, value) in reply.Headers)
            head.Append($"{name}: {value}\r\n");
        return Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
    }

    private async Task SendBodyAsync(ReadOnlyMemory<byte> bytes)
    {
        await SendAllAsync(bytes);
        count(bytes.Length);
    }

    private async Task SendAllAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await socket.SendAsync(bytes, cancellationToken)..];
    }
}
