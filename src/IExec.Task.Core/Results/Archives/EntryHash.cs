using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Threading;

namespace IExec.Tasks.Results.Archives;

/// <summary>The sha2-256 of the expanded content of a zip entry, and the entry as it was found.</summary>
/// <param name="HeaderOffset">The position of the local header.</param>
/// <param name="IsDeflated">Whether it is compressed (deflate); otherwise it is stored.</param>
/// <param name="PackedLength">Bytes in the archive.</param>
/// <param name="Length">Bytes when expanded.</param>
/// <param name="Hash">The hash.</param>
internal sealed record EntryHash(long HeaderOffset, bool IsDeflated, long PackedLength, long Length, byte[] Hash)
{
    /// <summary>No hashes.</summary>
    public static readonly IReadOnlyDictionary<long, EntryHash> None = new Dictionary<long, EntryHash>();

    private const int BufferLength = 128 * 1024;

    /// <summary>Whether this is the entry that the central directory describes.</summary>
    public bool IsOf(ArchiveEntry entry) =>
        (entry.HeaderOffset, entry.IsDeflated, entry.PackedLength, entry.Length) == (HeaderOffset, IsDeflated, PackedLength, Length);

    /// <summary>Hashes a stream to its end.</summary>
    /// <param name="content">The stream.</param>
    /// <param name="maximumLength">Its maximum length.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidDataException">It is longer.</exception>
    public static (byte[] Hash, long Length) Compute(Stream content, long maximumLength, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            var length = 0L;
            while (content.Read(buffer, 0, BufferLength) is > 0 and var read)
            {
                cancellationToken.ThrowIfCancellationRequested();
                length += read;
                if (length > maximumLength)
                    throw new InvalidDataException("it expands to too much");
                hash.AppendData(buffer, 0, read);
            }

            return (hash.GetHashAndReset(), length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
