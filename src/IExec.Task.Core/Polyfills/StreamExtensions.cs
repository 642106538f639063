#if NETSTANDARD2_0
using System;
using System.IO;
using System.Net.Http;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks;

/// <summary>Reading and writing array-backed memory, and cancellable reading of contents, as later frameworks do themselves.</summary>
internal static class StreamExtensions
{
    public static Task<Stream> ReadAsStreamAsync(this HttpContent content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return content.ReadAsStreamAsync();
    }

    /// <summary>.NET Framework's network streams ignore the token during a read, so cancelling closes the stream.</summary>
    public static async ValueTask<int> ReadAsync(this Stream stream, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var array = ArrayOf(buffer);
        using var registration = cancellationToken.Register(static state => ((Stream)state!).Dispose(), stream);
        try
        {
            return await stream.ReadAsync(array.Array, array.Offset, array.Count, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested && exception is not OperationCanceledException)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
    }

    public static ValueTask WriteAsync(this Stream stream, ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
    {
        var array = ArrayOf(buffer);
        return new(stream.WriteAsync(array.Array, array.Offset, array.Count, cancellationToken));
    }

    private static ArraySegment<byte> ArrayOf(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out var array) ? array : throw new NotSupportedException("The memory is not backed by an array.");
}
#endif
