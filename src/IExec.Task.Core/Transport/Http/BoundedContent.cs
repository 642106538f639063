using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Diagnostics;

namespace IExec.Tasks.Transport.Http;

/// <summary>Reads bodies of responses with a limit on their length.</summary>
internal static class BoundedContent
{
    private const int FirstBuffer = 16 * 1024;

    /// <summary>The largest buffer to allocate because of a Content-Length header alone.</summary>
    private const int LargestTrusted = 1024 * 1024;

    /// <summary>Reads the whole body. The limit applies to the decompressed length.</summary>
    /// <exception cref="HttpFailureException">The body is longer than the limit.</exception>
    public static async Task<byte[]> ReadAsync(HttpResponseMessage response, int limit, CancellationToken cancellationToken)
    {
        var content = response.Content;
        var announced = content.Headers.ContentLength;
        if (announced > limit)
            throw TooLarge(response, limit);

        var buffer = new byte[(int)Math.Min(announced ?? FirstBuffer, LargestTrusted)];
        var end = 0;
        using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        while (end != announced)
        {
            if (end == buffer.Length)
                Array.Resize(ref buffer, 2 * buffer.Length);
            var read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                break;
            end += read;
            if (end > limit)
                throw TooLarge(response, limit);
        }

        Array.Resize(ref buffer, end);
        return buffer;
    }

    private static HttpFailureException TooLarge(HttpResponseMessage response, int limit) =>
        new(HttpFailureKind.TooLarge, $"{Redaction.Url(response.RequestMessage!.RequestUri!)} sent more than {limit} bytes.");
}
