using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using IExec.Tasks.Diagnostics;

namespace IExec.Tasks.Results.Archives;

/// <summary>
/// Expands an archive from an untrusted source. All entries are checked before anything is written; the files are written to a folder beside the target,
/// which is then moved to the target in one step.
/// </summary>
/// <param name="archive">The archive.</param>
/// <param name="packedLength">The archive's length in bytes.</param>
/// <param name="maximumLength">The most bytes that all files together may have.</param>
internal sealed class ArchiveExpander(ResultArchive archive, long packedLength, long maximumLength)
{
    private const int MaximumEntries = 10_000;
    private const int MaximumNames = 20_000; // folders without an entry of their own are created, too
    private const int MaximumRatio = 100;
    private const long RatioFreeLength = 64 * 1024 * 1024; // a small archive may have any ratio

    /// <summary>The length of all files in bytes.</summary>
    public long Length { get; } = archive.Entries.Sum(entry => entry.Length);

    /// <summary>Checks that the archive can be expanded safely.</summary>
    /// <param name="isCaseSensitive">Whether the file system distinguishes names that differ only by case; called when the archive has such names.</param>
    /// <exception cref="IExecException"><see cref="IExecErrorId.ArchiveUnsafe"/>.</exception>
    public void Check(Func<bool> isCaseSensitive)
    {
        if (archive.Entries.Count > MaximumEntries)
            throw Unsafe($"has {archive.Entries.Count} entries; {MaximumEntries} are allowed");
        if (Length > maximumLength)
            throw Unsafe($"expands to {Length} bytes, more than -MaximumSizeMB allows");
        if (Length > RatioFreeLength && Length / packedLength > MaximumRatio)
            throw Unsafe($"expands to {Length} bytes, {Length / packedLength} times its own length");

        foreach (var entry in archive.Entries)
        {
            if (ArchiveNames.Reject(entry.Name) is { } reason)
                throw Unsafe($"has an entry '{entry.Name}', which {reason}");
            if (entry.IsSpecial)
                throw Unsafe($"has an entry '{entry.Name}', which is a link or a device");
        }

        if (FindCaseTwins() is var (one, other) && !isCaseSensitive())
            throw Unsafe($"has entries '{one}' and '{other}', which this file system does not tell apart");
    }

    /// <summary>Expands to a folder that does not exist.</summary>
    /// <exception cref="IExecException">A file cannot be written, or an entry is damaged.</exception>
    public void Expand(string folder, TransferMeter meter, CancellationToken cancellationToken)
    {
        meter.Total = Length;
        LocalFiles.Use(folder, () => Directory.CreateDirectory(folder));
        var buffer = new byte[64 * 1024];
        foreach (var entry in archive.Entries)
        {
            var path = Path.Combine(folder, ArchiveNames.Simplify(entry.Name).Replace('/', Path.DirectorySeparatorChar));
            LocalFiles.Use(path, () => Directory.CreateDirectory(entry.IsFolder ? path : Path.GetDirectoryName(path)!));
            if (entry.IsFolder)
                continue;

            using var content = archive.OpenEntry(entry, meter);
            using var file = LocalFiles.Use(path, () => new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1));
            for (int read; (read = content.Read(buffer, 0, buffer.Length)) > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                LocalFiles.Use(path, () => file.Write(buffer, 0, read));
            }

            LocalFiles.Use(path, file.Flush);
        }
    }

    /// <summary>Checks that no two entries become the same file, and that no file has the name of a folder.</summary>
    /// <returns>Two names that are the same where case is ignored; null when there are none.</returns>
    private (string One, string Other)? FindCaseTwins()
    {
        var areFolders = new Dictionary<string, bool>(StringComparer.Ordinal);
        var spellings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        (string, string)? twins = null;
        foreach (var entry in archive.Entries)
        {
            var name = ArchiveNames.Simplify(entry.Name).TrimEnd('/');
            for (var slash = name.IndexOf('/'); slash >= 0; slash = name.IndexOf('/', slash + 1))
                Add(name[..slash], isFolder: true);
            if (name.Length > 0)
                Add(name, entry.IsFolder);
        }

        return twins;

        void Add(string name, bool isFolder)
        {
            if (areFolders.TryGetValue(name, out var wasFolder))
            {
                if (isFolder != wasFolder)
                    throw Unsafe($"has '{name}' as a file and as a folder");
                if (!isFolder)
                    throw Unsafe($"has two entries for '{name}'");
                return;
            }

            areFolders.Add(name, areFolders.Count < MaximumNames ? isFolder : throw Unsafe($"makes more than {MaximumNames} files and folders"));
            if (spellings.TryGetValue(name, out var spelling))
                twins ??= (spelling, name);
            else
                spellings.Add(name, name);
        }
    }

    private static IExecException Unsafe(string what) => new(IExecErrorId.ArchiveUnsafe, Redaction.Untrusted($"The archive {what}."));
}
