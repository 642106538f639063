using System;
using System.Buffers;
using System.IO;
using System.Threading.Tasks;

namespace IExec.Tasks.Results.Ipfs;

/// <summary>
/// Reads a CARv1 stream section by section (IPLD CARv1 specification) with one buffer.
/// Malformed data is an <see cref="InvalidDataException"/>, a stream that ends within a section an <see cref="EndOfStreamException"/>.
/// </summary>
/// <param name="body">The CAR; not disposed of.</param>
internal sealed class CarReader(PacedReader body) : IDisposable
{
    private const int MaximumHeaderLength = 64 * 1024;
    private const int MaximumCidLength = 256;

    // HttpClient reads a chunk directly into a buffer that the chunk fills; for a larger buffer it copies through 4 KiB of its own.
    private const int ReadLength = 64 * 1024;

    private const int MaximumSectionLength = UnixFsNode.MaximumBlockLength + MaximumCidLength;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(512 * 1024);
    private int _start;
    private int _end;

    /// <summary>Reads the header. Its roots are not needed: the caller knows the first block.</summary>
    public async Task ReadHeaderAsync()
    {
        var length = await ReadLengthAsync(MaximumHeaderLength).ConfigureAwait(false)
            ?? throw new InvalidDataException("the CAR is empty");
        await RequireAsync(length).ConfigureAwait(false);
        CarHeader.Check(_buffer.AsSpan(_start, length));
        _start += length;
    }

    /// <summary>Reads the next section; null at the end. The block is valid until the next call.</summary>
    public async ValueTask<CarSection?> ReadSectionAsync()
    {
        if (await ReadLengthAsync(MaximumSectionLength).ConfigureAwait(false) is not { } length)
            return null;

        await RequireAsync(length).ConfigureAwait(false);
        var section = _buffer.AsMemory(_start, length);
        _start += length;
        if (!Cid.TryRead(section.Span, out var cid, out var cidLength))
            throw new InvalidDataException("the CAR holds a CID that cannot be verified");
        return new CarSection(cid, section[cidLength..]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private async ValueTask<int?> ReadLengthAsync(int maximum)
    {
        ulong value;
        int length;
        while (!Varint.TryReadMinimal(_buffer.AsSpan(_start, _end - _start), out value, out length))
        {
            if (_end - _start >= Varint.MaximumLength)
                throw new InvalidDataException("a section of the CAR has a malformed length");
            if (await FillAsync(Varint.MaximumLength).ConfigureAwait(false))
                continue;
            return _end == _start ? null : throw new EndOfStreamException("the CAR ends within a length");
        }

        _start += length;
        return value > 0 && value <= (ulong)maximum ? (int)value : throw new InvalidDataException("a section of the CAR has an impossible length");
    }

    private async ValueTask RequireAsync(int count)
    {
        while (_end - _start < count)
        {
            if (!await FillAsync(count).ConfigureAwait(false))
                throw new EndOfStreamException("the CAR ends within a section");
        }
    }

    /// <summary>Reads more, after making room for <paramref name="count"/> bytes in one piece; false at the stream's end.</summary>
    private async ValueTask<bool> FillAsync(int count)
    {
        if (_start + count > _buffer.Length)
        {
            var old = _buffer;
            if (count > old.Length)
                _buffer = ArrayPool<byte>.Shared.Rent(MaximumSectionLength);
            Buffer.BlockCopy(old, _start, _buffer, 0, _end - _start);
            (_start, _end) = (0, _end - _start);
            if (old != _buffer)
                ArrayPool<byte>.Shared.Return(old);
        }

        var read = await body.ReadAsync(_buffer.AsMemory(_end, Math.Min(ReadLength, _buffer.Length - _end))).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }
}
