using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace IExec.Tasks.Results;

/// <summary>
/// Reads a zip's central directory (PKWARE APPNOTE 4.3, zip64 included) within bounds, before anything is expanded.
/// The framework's own reader has no bound on entries, and on .NET Standard 2.0 does not tell links from files.
/// </summary>
internal static class ZipDirectory
{
    private const int MaximumEntries = 200_000;
    private const int MaximumLength = 16 * 1024 * 1024;
    private const int MaximumNameLength = 4096;
    private const long MaximumEntryLength = 1L << 44; // 16 TiB; keeps sums over all entries from overflowing

    private const int EndLength = 22;
    private const int LocatorLength = 20;
    private const int End64Length = 56;
    private const int HeaderLength = 46;

    /// <summary>Reads all entries.</summary>
    /// <exception cref="InvalidDataException">It is not a zip archive, or one that is not read here.</exception>
    public static List<ArchiveEntry> Read(Stream stream)
    {
        var (count, length, offset) = FindDirectory(stream);
        if (count > MaximumEntries || length > MaximumLength)
            throw new InvalidDataException($"it has too many entries ({count})");

        var directory = ReadAt(stream, offset, (int)length).AsSpan();
        var entries = new List<ArchiveEntry>((int)Math.Min(count, length / HeaderLength));
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0L; i < count; i++)
        {
            var entry = ReadEntry(ref directory);
            if (!names.Add(entry.Name))
                throw new InvalidDataException($"it has two entries named '{entry.Name}'");
            entries.Add(entry);
        }

        return entries;
    }

    private static (long Count, long Length, long Offset) FindDirectory(Stream stream)
    {
        var tailLength = (int)Math.Min(stream.Length, EndLength + ushort.MaxValue);
        var tail = ReadAt(stream, stream.Length - tailLength, tailLength).AsSpan();
        for (var start = tail.Length - EndLength; start >= 0; start--)
        {
            var end = tail[start..];
            if (U32(end, 0) != 0x06054b50 || EndLength + U16(end, 20) != end.Length)
                continue;

            var endOffset = stream.Length - end.Length;
            var found = U16(end, 10) == ushort.MaxValue || U32(end, 12) == uint.MaxValue || U32(end, 16) == uint.MaxValue
                ? Find64(stream, endOffset)
                : (U16(end, 10), U32(end, 12), U32(end, 16));
            return found.Count >= 0 && found.Length >= 0 && found.Offset >= 0 && found.Length <= endOffset && found.Offset <= endOffset - found.Length
                ? found
                : throw new InvalidDataException("its directory is not where it should be");
        }

        throw new InvalidDataException("it is not a zip archive");
    }

    private static (long Count, long Length, long Offset) Find64(Stream stream, long endOffset)
    {
        if (endOffset >= LocatorLength + End64Length)
        {
            var locator = ReadAt(stream, endOffset - LocatorLength, LocatorLength).AsSpan();
            var offset = I64(locator, 8);
            if (U32(locator, 0) == 0x07064b50 && offset >= 0 && offset <= endOffset - LocatorLength - End64Length)
            {
                var end = ReadAt(stream, offset, End64Length).AsSpan();
                if (U32(end, 0) == 0x06064b50)
                    return (I64(end, 32), I64(end, 40), I64(end, 48));
            }
        }

        throw new InvalidDataException("its zip64 records are damaged");
    }

    private static ArchiveEntry ReadEntry(ref Span<byte> directory)
    {
        if (directory.Length < HeaderLength || U32(directory, 0) != 0x02014b50)
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
        if (length > MaximumEntryLength || packed > MaximumEntryLength)
            throw new InvalidDataException($"its entry '{name}' has an impossible length");

        var madeOnUnix = directory[5] == 3;
        var entry = new ArchiveEntry(name, length, packed, offset, method == 8, madeOnUnix ? (int)(U32(directory, 38) >> 16) : 0);
        directory = directory[whole..];
        return entry;
    }

    /// <summary>Takes the numbers that do not fit 32 bits from the zip64 extra field.</summary>
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
}
