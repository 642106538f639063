using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;

namespace IExec.Tasks.Results;

/// <summary>A result's zip archive, opened for reading. Entries are read one after the other, in any order.</summary>
internal sealed class ResultArchive : IDisposable
{
    private const int LocalHeaderLength = 30;

    private readonly FileStream _stream;

    private ResultArchive(FileStream stream)
    {
        _stream = stream;
        Entries = ZipDirectory.Read(stream);
    }

    /// <summary>The entries in the order of the archive's directory, without two of the same name.</summary>
    public IReadOnlyList<ArchiveEntry> Entries { get; }

    /// <summary>Opens an archive.</summary>
    /// <exception cref="InvalidDataException">The file is not a zip archive, or not one that can be read; the message goes on after "the archive cannot be read: ".</exception>
    public static ResultArchive Open(string path)
    {
        var stream = LocalFiles.Use(path, () =>
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 64 * 1024, FileOptions.SequentialScan));
        try
        {
            return new(stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>The entry of exactly this name; null when there is none.</summary>
    public ArchiveEntry? Find(string name)
    {
        foreach (var entry in Entries)
        {
            if (string.Equals(entry.Name, name, StringComparison.Ordinal))
                return entry;
        }

        return null;
    }

    /// <summary>Opens an entry's content. The stream ends after the entry's length or fails: it never gives more.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="meter">Counts what is read of the content; null when nobody asks.</param>
    /// <exception cref="InvalidDataException">The entry is damaged; also thrown while reading.</exception>
    public Stream OpenEntry(ArchiveEntry entry, TransferMeter? meter = null)
    {
        if (entry.HeaderOffset > _stream.Length - LocalHeaderLength)
            throw Damaged(entry);

        var header = ZipDirectory.ReadAt(_stream, entry.HeaderOffset, LocalHeaderLength).AsSpan();
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != 0x04034b50)
            throw Damaged(entry);

        var offset = entry.HeaderOffset + LocalHeaderLength
            + BinaryPrimitives.ReadUInt16LittleEndian(header[26..])
            + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        if (entry.PackedLength > _stream.Length - offset)
            throw Damaged(entry);

        _stream.Position = offset;
        if (entry.IsDeflated)
        {
            var packed = new ExactStream(_stream, entry.PackedLength, entry.Name, leaveOpen: true);
            return new ExactStream(new DeflateStream(packed, CompressionMode.Decompress), entry.Length, entry.Name, leaveOpen: false, meter);
        }

        return entry.Length == entry.PackedLength
            ? new ExactStream(_stream, entry.Length, entry.Name, leaveOpen: true, meter)
            : throw Damaged(entry);
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static InvalidDataException Damaged(ArchiveEntry entry) => new($"its entry '{entry.Name}' is damaged");
}
