using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace IExec.Tasks.Results.Archives;

/// <summary>
/// Reads the central directory of a zip archive (PKWARE APPNOTE 4.3, zip64 included) within limits, before anything is expanded.
/// Other bytes before the archive, as in a self-extracting one, and after it are ignored.
/// The reader of .NET has no limit on entries, and on .NET Standard 2.0 does not distinguish links from files.
/// </summary>
internal static class ZipDirectory
{
    private const int MaximumEntries = 200_000;
    private const int MaximumLength = 16 * 1024 * 1024;
    private const int MaximumNameLength = 4096;
    private const long MaximumEntryLength = 1L << 44; // 16 TiB; keeps sums over all entries from overflowing

    private const uint EntrySignature = 0x02014b50;
    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int End64Length = 56;
    private const int HeaderLength = 46;

    /// <summary>Reads all entries.</summary>
    /// <exception cref="InvalidDataException">It is not a zip archive, or not supported.</exception>
    public static List<ArchiveEntry> Read(Stream stream)
    {
        var (count, length, offset, shift) = FindDirectory(stream);
        if (count > MaximumEntries || length > MaximumLength)
            throw new InvalidDataException($"it has too many entries ({count})");

        var directory = ReadAt(stream, offset + shift, (int)length).AsSpan();
        var entries = new List<ArchiveEntry>((int)Math.Min(count, length / HeaderLength));
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0L; i < count; i++)
        {
            var entry = ReadEntry(ref directory, shift);
            if (!names.Add(entry.Name))
                throw new InvalidDataException($"it has two entries named '{entry.Name}'");
            entries.Add(entry);
        }

        if (shift > 0 && entries.Count > 0 && !HasSignature(stream, entries[0].HeaderOffset, ZipLocalHeader.Signature))
            throw new InvalidDataException("its directory is damaged");
        return entries;
    }

    /// <summary>Finds the last end record whose directory is found.</summary>
    private static FoundDirectory FindDirectory(Stream stream)
    {
        var tailLength = (int)Math.Min(stream.Length, EndLength + ushort.MaxValue);
        var tail = ReadAt(stream, stream.Length - tailLength, tailLength).AsSpan();
        InvalidDataException? problem = null;
        for (var start = tail.Length - EndLength; start >= 0; start--)
        {
            var end = tail[start..];
            if (U32(end, 0) != 0x06054b50 || EndLength + U16(end, 20) > end.Length)
                continue;

            try
            {
                return FindDirectory(stream, ReadEnd(stream, end, stream.Length - end.Length));
            }
            catch (InvalidDataException e)
            {
                problem ??= e;
            }
        }

        throw problem ?? new InvalidDataException("it is not a zip archive");
    }

    private static EndRecord ReadEnd(Stream stream, ReadOnlySpan<byte> end, long position) =>
        U16(end, 10) == ushort.MaxValue || U32(end, 12) == uint.MaxValue || U32(end, 16) == uint.MaxValue
            ? ReadEnd64(stream, position)
            : new EndRecord(position, U16(end, 10), U32(end, 12), U32(end, 16));

    private static EndRecord ReadEnd64(Stream stream, long endPosition)
    {
        if (endPosition >= LocatorLength + End64Length)
        {
            var locator = ReadAt(stream, endPosition - LocatorLength, LocatorLength).AsSpan();
            var adjacent = endPosition - LocatorLength - End64Length; // its position when there are bytes before the archive
            var stated = I64(locator, 8);
            foreach (var position in U32(locator, 0) == 0x07064b50 && stated >= 0 && stated <= adjacent ? new[] { stated, adjacent } : [])
            {
                var end = ReadAt(stream, position, End64Length).AsSpan();
                if (U32(end, 0) == 0x06064b50)
                    return new EndRecord(position, I64(end, 32), I64(end, 40), I64(end, 48));
            }
        }

        throw new InvalidDataException("its zip64 records are damaged");
    }

    /// <summary>The directory ends where the end record begins. If it is not at its stated offset, all offsets are shifted by the bytes before the archive.</summary>
    private static FoundDirectory FindDirectory(Stream stream, EndRecord end)
    {
        if (end.Count < 0 || end.Length < 0 || end.Offset < 0 || end.Length > end.Position || end.Offset > end.Position - end.Length)
            throw new InvalidDataException("its directory is not where it should be");
        var shift = end.Position - end.Length - end.Offset;
        return new FoundDirectory(end.Count, end.Length, end.Offset, shift == 0 || HasSignature(stream, end.Offset, EntrySignature) ? 0 : shift);
    }

    private static bool HasSignature(Stream stream, long position, uint signature) =>
        position >= 0 && position <= stream.Length - sizeof(uint) && U32(ReadAt(stream, position, sizeof(uint)), 0) == signature;

    private static ArchiveEntry ReadEntry(ref Span<byte> directory, long shift)
    {
        if (directory.Length < HeaderLength || U32(directory, 0) != EntrySignature)
            throw new InvalidDataException("its directory is damaged");

        var (nameLength, extraLength, commentLength) = (U16(directory, 28), U16(directory, 30), U16(directory, 32));
        var whole = HeaderLength + nameLength + extraLength + commentLength;
        if (directory.Length < whole || nameLength is 0 or > MaximumNameLength)
            throw new InvalidDataException("its directory is damaged");

        var name = Encoding.UTF8.GetString(directory.Slice(HeaderLength, nameLength));
        if ((U16(directory, 8) & 1) != 0)
            throw new InvalidDataException($"its entry '{name}' is encrypted with a zip password");

        var method = U16(directory, 10);
        if (method is not (0 or 8))
            throw new InvalidDataException($"its entry '{name}' is compressed in an unusual way ({method})");

        var (length, packed, offset) = ((long)U32(directory, 24), (long)U32(directory, 20), (long)U32(directory, 42));
        Widen(directory.Slice(HeaderLength + nameLength, extraLength), ref length, ref packed, ref offset);
        if (length > MaximumEntryLength || packed > MaximumEntryLength || offset > MaximumEntryLength)
            throw new InvalidDataException($"its entry '{name}' has an impossible length or place");

        var madeOnUnix = directory[5] == 3;
        var entry = new ArchiveEntry(name, length, packed, offset + shift, method == 8, madeOnUnix ? (int)(U32(directory, 38) >> 16) : 0);
        directory = directory[whole..];
        return entry;
    }

    /// <summary>Reads the numbers that do not fit 32 bits from the zip64 extra field.</summary>
    internal static void Widen(ReadOnlySpan<byte> extra, ref long length, ref long packed, ref long offset)
    {
        while (extra.Length >= 4)
        {
            var size = U16(extra, 2);
            if (size > extra.Length - 4)
                break;

            if (U16(extra, 0) == 1)
            {
                var wide = extra.Slice(4, size);
                TakeWide(ref wide, ref length);
                TakeWide(ref wide, ref packed);
                TakeWide(ref wide, ref offset);
                return;
            }

            extra = extra[(4 + size)..];
        }

        static void TakeWide(ref ReadOnlySpan<byte> wide, ref long value)
        {
            if (value != uint.MaxValue)
                return;
            value = wide.Length >= 8 ? I64(wide, 0) : -1;
            if (value < 0)
                throw new InvalidDataException("its zip64 records are damaged");
            wide = wide[8..];
        }
    }

    /// <summary>Reads exactly this many bytes.</summary>
    internal static byte[] ReadAt(Stream stream, long offset, int length)
    {
        var bytes = new byte[length];
        stream.Position = offset;
        return stream.Fill(bytes) == length ? bytes : throw new InvalidDataException("it ends too early");
    }

    private static int U16(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);

    private static long I64(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadInt64LittleEndian(bytes[offset..]);

    /// <summary>The end of central directory record.</summary>
    /// <param name="Position">The position of the record.</param>
    /// <param name="Count">The number of entries.</param>
    /// <param name="Length">The directory's length in bytes.</param>
    /// <param name="Offset">The stated offset of the directory.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct EndRecord(long Position, long Count, long Length, long Offset);

    /// <summary>The central directory in the stream.</summary>
    /// <param name="Count">The number of entries.</param>
    /// <param name="Length">Its length in bytes.</param>
    /// <param name="Offset">Its stated offset.</param>
    /// <param name="Shift">The number of bytes before the archive, by which it and all entries are shifted.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct FoundDirectory(long Count, long Length, long Offset, long Shift);
}
