using System;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace IExec.Tasks.Fakes.Ipfs;

/// <summary>Sends a body with the gateway's faults.</summary>
/// <param name="context">The HTTP context.</param>
/// <param name="faults">The faults.</param>
/// <param name="count">Receives the number of bytes sent.</param>
internal sealed class FaultyBody(HttpContext context, GatewayFaults faults, Action<int> count)
{
    private long? _cutAfter = Take(faults.CutAfter, () => faults.CutAfter = null);
    private long? _pauseAfter = Take(faults.PauseAfter, () => faults.PauseAfter = null);

    /// <summary>How many bytes were sent.</summary>
    public long Sent { get; private set; }

    /// <summary>Sends some bytes.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        if (faults.Trickles)
        {
            await TrickleAsync(bytes);
            return;
        }

        if (_pauseAfter is { } pause && Sent + bytes.Length >= pause)
        {
            var before = (int)(pause - Sent);
            await SendAsync(bytes[..before]);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            bytes = bytes[before..];
            _pauseAfter = null;
            await faults.Resumed.WaitAsync(context.RequestAborted);
        }

        if (_cutAfter is { } cut && Sent + bytes.Length >= cut)
        {
            await SendAsync(bytes[..(int)(cut - Sent)]);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            _cutAfter = null;
            context.Abort();
            throw new OperationCanceledException("cut");
        }

        await SendAsync(bytes);
    }

    /// <summary>Continues without end, if that is the fault.</summary>
    public async Task GoOnAsync()
    {
        var zeros = new byte[64 * 1024];
        while (faults.Endless)
            await SendAsync(zeros);
    }

    private static long? Take(long? value, Action clear)
    {
        clear();
        return value;
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        Sent += bytes.Length;
        count(bytes.Length);
    }

    private async Task TrickleAsync(ReadOnlyMemory<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            await SendAsync(bytes.Slice(i, 1));
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(TimeSpan.FromMilliseconds(100), context.RequestAborted);
        }
    }
}
