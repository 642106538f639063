using System;
using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.Results.Download;

/// <summary>Downloads a file without its blocks, and continues where an earlier attempt at the same file stopped.</summary>
/// <param name="gateway">The gateway.</param>
/// <param name="target">The file to write.</param>
/// <param name="meter">Counts the content.</param>
/// <param name="accept">Called with the announced length, and with the length so far; throws when it is too long.</param>
internal sealed class PlainCopy(Gateway gateway, PartialFile target, TransferMeter meter, Action<long> accept)
{
    private const int BufferLength = 128 * 1024;

    /// <summary>Downloads and returns the file's length in bytes.</summary>
    public async Task<long> RunAsync(ResultLocation location, CancellationToken cancellationToken)
    {
        var tag = target.LeftLength > 0 ? PartialNote.TryRead(target.Path, location) : null;
        using var body = await OpenAsync(location, tag, cancellationToken).ConfigureAwait(false);
        var offset = Continues(body, tag) ? target.LeftLength : 0;
        if (offset == 0)
        {
            await target.ClearAsync().ConfigureAwait(false);
            PartialNote.Write(target.Path, location, body.Response.Headers.ETag);
        }

        meter.Skip(offset);
        meter.Total = offset + body.Response.Content.Headers.ContentLength;
        accept(meter.Total ?? offset);
        var length = await CopyAsync(body, offset, cancellationToken).ConfigureAwait(false);
        await target.CompleteAsync(length).ConfigureAwait(false);
        return length;
    }

    private async Task<GatewayBody> OpenAsync(ResultLocation location, EntityTagHeaderValue? tag, CancellationToken cancellationToken)
    {
        if (tag is not null)
        {
            try
            {
                return await gateway.OpenFileAsync(location, (target.LeftLength, tag), cancellationToken).ConfigureAwait(false);
            }
            catch (HttpFailureException e) when (e.Answer?.Status == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                // The partial file is as long as the file, or longer: start again.
            }
        }

        return await gateway.OpenFileAsync(location, range: null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the response is the rest of the partial file.</summary>
    private bool Continues(GatewayBody body, EntityTagHeaderValue? tag) =>
        tag is not null
        && body.Response.StatusCode == HttpStatusCode.PartialContent
        && body.Response.Content.Headers.ContentRange?.From == target.LeftLength
        && tag.Equals(body.Response.Headers.ETag);

    private async Task<long> CopyAsync(GatewayBody body, long offset, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            while (await body.Reader.ReadAsync(buffer.AsMemory(0, BufferLength)).ConfigureAwait(false) is > 0 and var read)
            {
                accept(offset + read);
                await target.WriteAsync(offset, buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                offset += read;
                meter.Add(read);
            }

            return offset;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
