#if NETSTANDARD2_0
using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks;

/// <summary>Reading and writing array-backed memory, as later frameworks' streams do themselves.</summary>
internal static class StreamExtensions
{
    public static ValueTask<int> ReadAsync(this Stream stream, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var array = ArrayOf(buffer);
        return new(stream.ReadAsync(array.Array, array.Offset, array.Count, cancellationToken));
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
