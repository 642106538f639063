using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using System.Threading;

namespace IExec.Tasks.Results.Archives;

/// <summary>
/// Reads a zip archive from its beginning, by its local headers (PKWARE APPNOTE 4.3.7 to 4.3.9), before its end has arrived.
/// Only the central directory at the end says what the archive contains, so a hash is used only for an entry that the directory describes in the same way.
/// </summary>
/// <param name="stream">The archive.</param>
/// <param name="maximumLength">The most bytes to expand, of all entries.</param>
internal sealed class ZipForwardReader(Stream stream, long maximumLength)
{
    private const uint DescriptorSignature = 0x08074b50;
    private const int DescriptorLength = 16;
    private const int Descriptor64Length = 24;

    private readonly byte[] _buffer = new byte[128 * 1024]; // the largest extra field, 64 KiB, fits
    private int _start;
    private int _end;
    private long _offset; // of _start, in the archive
    private long _expanded;

    /// <summary>Hashes the next entry; null when there is none, or none that can be read forward.</summary>
    /// <exception cref="InvalidDataException">The archive is damaged, or expands to too much.</exception>
    public EntryHash? ReadEntry()
    {
        var headerOffset = _offset;
        if (!ZipLocalHeader.TryRead(Peek(ZipLocalHeader.Length), out var header) || header.IsEncrypted || header.Method is not (0 or 8))
            return null;

        Skip(ZipLocalHeader.Length + header.NameLength);
        var packedLength = ReadPackedLength(header);
        Skip(header.ExtraLength);
        var isDeflated = header.Method == 8;
        if (packedLength is null && !isDeflated)
            return null; // a stored entry of unknown length has no end mark

        var packed = new Packed(this, packedLength ?? long.MaxValue);
        var (hash, length) = Hash(packed, isDeflated);
        if (packedLength is null)
            packedLength = FindDescriptor(packed, length);
        else
            Skip(packedLength.Value - packed.Taken);
        return packedLength is { } found ? new EntryHash(headerOffset, isDeflated, found, length, hash) : null;
    }

    private long? ReadPackedLength(ZipLocalHeader header)
    {
        if (header.HasDescriptor)
            return null;

        var (packed, length, unused) = ((long)header.PackedLength, (long)header.UnpackedLength, 0L);
        ZipDirectory.Widen(Peek(header.ExtraLength), ref length, ref packed, ref unused);
        return packed;
    }

    private (byte[] Hash, long Length) Hash(Stream packed, bool isDeflated)
    {
        using var content = isDeflated ? new DeflateStream(packed, CompressionMode.Decompress) : packed;
        var found = EntryHash.Compute(content, maximumLength - _expanded, CancellationToken.None);
        _expanded += found.Length;
        return found;
    }

    /// <summary>
    /// Finds the end of deflated content: it is within the last piece that was read of it, before a data descriptor with both lengths.
    /// Skips the descriptor, and returns the packed length.
    /// </summary>
    private long? FindDescriptor(Packed packed, long length)
    {
        var packedLength = packed.Taken - packed.LastTaken;
        (_start, _offset) = (_start - packed.LastTaken, _offset - packed.LastTaken);
        for (; packedLength <= packed.Taken; packedLength++)
        {
            var bytes = Peek(Descriptor64Length);
            if (bytes.Length >= DescriptorLength && BinaryPrimitives.ReadUInt32LittleEndian(bytes) == DescriptorSignature)
            {
                var lengths = bytes[8..];
                if (lengths.Length >= 16 && (I64(lengths, 0), I64(lengths, 8)) == (packedLength, length))
                {
                    Skip(Descriptor64Length);
                    return packedLength;
                }

                if ((U32(lengths, 0), U32(lengths, 4)) == (packedLength, length))
                {
                    Skip(DescriptorLength);
                    return packedLength;
                }
            }

            Skip(1);
        }

        return null;
    }

    /// <summary>The next bytes in one span; fewer only at the end.</summary>
    private ReadOnlySpan<byte> Peek(int count)
    {
        if (_end - _start < count)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            (_start, _end) = (0, _end - _start);
            while (_end < count && stream.Read(_buffer, _end, _buffer.Length - _end) is > 0 and var read)
                _end += read;
        }

        return _buffer.AsSpan(_start, Math.Min(count, _end - _start));
    }

    private void Skip(long count)
    {
        for (int part; count > 0 && (part = (int)Math.Min(count, Available())) > 0; count -= part)
            Advance(part);
        if (count > 0)
            throw new InvalidDataException("it ends too early");
    }

    /// <summary>The number of bytes in the buffer, which is filled when empty; 0 only at the end.</summary>
    private int Available()
    {
        if (_start == _end)
            (_start, _end) = (0, stream.Read(_buffer, 0, _buffer.Length));
        return _end - _start;
    }

    private void Advance(int count) => (_start, _offset) = (_start + count, _offset + count);

    private static long U32(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);

    private static long I64(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadInt64LittleEndian(bytes[offset..]);

    /// <summary>The packed content of one entry. What was read last stays in the buffer until the next read.</summary>
    private sealed class Packed(ZipForwardReader reader, long length) : ForwardStream
    {
        public long Taken { get; private set; }

        public int LastTaken { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var taken = (int)Math.Min(Math.Min(count, reader.Available()), length - Taken);
            Buffer.BlockCopy(reader._buffer, reader._start, buffer, offset, taken);
            reader.Advance(taken);
            (Taken, LastTaken) = (Taken + taken, taken);
            return taken;
        }
    }
}
