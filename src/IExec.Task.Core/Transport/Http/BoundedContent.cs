using System;
using System.Buffers;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Diagnostics;

namespace IExec.Tasks.Transport.Http;

/// <summary>Reads bodies of answers whose length nobody vouches for.</summary>
internal static class BoundedContent
{
    private const int FirstBuffer = 16 * 1024;

    /// <summary>The most that is set aside on the word of a Content-Length header alone.</summary>
    private const int LargestTrusted = 1024 * 1024;

    /// <summary>Reads the whole body. The limit holds for what comes out of decompression.</summary>
    /// <exception cref="HttpFailureException">The body is longer than the limit.</exception>
    public static async Task<byte[]> ReadAsync(HttpResponseMessage response, int limit, CancellationToken cancellationToken)
    {
        var content = response.Content;
        var announced = content.Headers.ContentLength;
        if (announced > limit) throw TooLarge(response, limit);

        // One byte more than announced, so that the end of the body needs no larger buffer to show itself.
        var first = announced is { } length ? (int)Math.Min(length + 1, LargestTrusted) : FirstBuffer;
        var buffer = ArrayPool<byte>.Shared.Rent(first);
        try
        {
            using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            var end = 0;
            while (await stream.ReadAsync(buffer.AsMemory(end), cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                end += read;
                if (end > limit) throw TooLarge(response, limit);
                if (end == buffer.Length) buffer = Grow(buffer);
            }

            return buffer.AsSpan(0, end).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(2 * buffer.Length);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static HttpFailureException TooLarge(HttpResponseMessage response, int limit) =>
        new(HttpFailureKind.TooLarge, $"{Redaction.Url(response.RequestMessage!.RequestUri!)} sent more than {limit} bytes.");
}
