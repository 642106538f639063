using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using System.Threading;

namespace IExec.Tasks.Results.Archives;

/// <summary>
/// Reads a zip archive from its beginning, by the headers before its entries (PKWARE APPNOTE 4.3.7 to 4.3.9), while the end is not there yet.
/// Only the directory at the end tells what the archive holds, so what is found here counts for an entry that the directory describes alike.
/// </summary>
/// <param name="stream">The archive.</param>
/// <param name="maximumLength">The most bytes to expand, of all entries.</param>
internal sealed class ZipForwardReader(Stream stream, long maximumLength)
{
    private const uint DescriptorSignature = 0x08074b50;
    private const int DescriptorLength = 16;
    private const int Descriptor64Length = 24;

    private readonly byte[] _buffer = new byte[128 * 1024]; // extra fields of 64 KiB fit in one piece
    private int _start;
    private int _end;
    private long _offset; // of _start, in the archive
    private long _expanded;

    /// <summary>Hashes the next entry; null when there is none, or none that can be read from this side.</summary>
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
            return null; // nothing but its length ends such an entry

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
    /// Finds where deflated content ended: within the last piece that was taken of it, where a descriptor stands with the two lengths.
    /// Goes behind that, and returns the packed length.
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

    /// <summary>What comes next, in one piece; fewer bytes only at the end.</summary>
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

    /// <summary>How much of what comes next is in the buffer; 0 only at the end.</summary>
    private int Available()
    {
        if (_start == _end)
            (_start, _end) = (0, stream.Read(_buffer, 0, _buffer.Length));
        return _end - _start;
    }

    private void Advance(int count) => (_start, _offset) = (_start + count, _offset + count);

    private static long U32(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);

    private static long I64(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadInt64LittleEndian(bytes[offset..]);

    /// <summary>The packed content of one entry. What was taken last stays in the buffer until more is asked for.</summary>
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
