using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Threading;

namespace IExec.Tasks.Results.Archives;

/// <summary>The zip archive of a result, opened for reading. Entries are read one at a time, in any order.</summary>
internal sealed class ResultArchive : IDisposable
{
    private readonly Stream _stream;
    private readonly IReadOnlyDictionary<long, EntryHash> _hashes;

    private ResultArchive(Stream stream, IReadOnlyDictionary<long, EntryHash> hashes)
    {
        _stream = stream;
        _hashes = hashes;
        Entries = ZipDirectory.Read(stream);
    }

    /// <summary>The entries in the order of the central directory. Names are unique.</summary>
    public IReadOnlyList<ArchiveEntry> Entries { get; }

    /// <summary>Opens an archive.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hashes">What is known of its entries by where they begin; null when nothing is.</param>
    /// <exception cref="InvalidDataException">The file is not a zip archive, or not one that can be read; the message goes on after "the archive cannot be read: ".</exception>
    public static ResultArchive Open(string path, IReadOnlyDictionary<long, EntryHash>? hashes = null)
    {
        var stream = LocalFiles.Use(path, () =>
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 64 * 1024, FileOptions.SequentialScan));
        return Open(stream, hashes);
    }

    /// <summary>Opens an archive.</summary>
    /// <param name="stream">The archive; disposed of with it, and when it cannot be read.</param>
    /// <param name="hashes">As for a file.</param>
    /// <exception cref="InvalidDataException">As for a file.</exception>
    public static ResultArchive Open(Stream stream, IReadOnlyDictionary<long, EntryHash>? hashes = null)
    {
        try
        {
            return new(stream, hashes ?? EntryHash.None);
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

    /// <summary>Opens an entry's content. The stream ends after the length of the entry, or fails; it never returns more.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="meter">Counts the bytes that are read; null for no progress.</param>
    /// <exception cref="InvalidDataException">The entry is damaged; also thrown while reading.</exception>
    public Stream OpenEntry(ArchiveEntry entry, TransferMeter? meter = null)
    {
        if (entry.HeaderOffset > _stream.Length - ZipLocalHeader.Length)
            throw Damaged(entry);

        if (!ZipLocalHeader.TryRead(ZipDirectory.ReadAt(_stream, entry.HeaderOffset, ZipLocalHeader.Length), out var header))
            throw Damaged(entry);

        var offset = entry.HeaderOffset + ZipLocalHeader.Length + header.NameLength + header.ExtraLength;
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

    /// <summary>The sha2-256 of an entry's content, read only when it is not known yet.</summary>
    /// <exception cref="InvalidDataException">The entry is damaged.</exception>
    public byte[] Hash(ArchiveEntry entry, TransferMeter meter, CancellationToken cancellationToken)
    {
        if (_hashes.TryGetValue(entry.HeaderOffset, out var known) && known.IsOf(entry))
            return known.Hash;

        using var content = OpenEntry(entry, meter);
        return EntryHash.Compute(content, entry.Length, cancellationToken).Hash;
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private static InvalidDataException Damaged(ArchiveEntry entry) => new($"its entry '{entry.Name}' is damaged");
}
