using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Results.Archives;

namespace IExec.Tasks.Results.Verification;

/// <summary>
/// The part of an archive that the workers agreed on, found and hashed as the workers do (iexec-commons, <c>ResultUtils</c> and
/// <c>FileHashUtils</c>): a file's sha2-256; or keccak-256 over the sha2-256 hashes of a folder's own files, sorted by name.
/// </summary>
internal sealed class DeterministicOutput
{
    private const string Root = "/iexec_out";

    private readonly ResultArchive _archive;

    private DeterministicOutput(ResultArchive archive, string name, bool isFile, IReadOnlyList<ArchiveEntry> files)
    {
        _archive = archive;
        Name = name;
        IsFile = isFile;
        Files = files;
    }

    /// <summary>The path in the archive; empty for the whole of it.</summary>
    public string Name { get; }

    /// <summary>Whether it is a file; otherwise it is a folder.</summary>
    public bool IsFile { get; }

    /// <summary>The files that are hashed, in their order. Empty when the archive has no such folder.</summary>
    public IReadOnlyList<ArchiveEntry> Files { get; }

    /// <summary>Finds the output.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="path">The path in the container, from <c>computed.json</c>.</param>
    /// <exception cref="InvalidDataException">The path is not one below <c>/iexec_out</c>.</exception>
    public static DeterministicOutput Find(ResultArchive archive, string path)
    {
        var name = Normalise(path);
        if (name.Length > 0 && archive.Find(name) is { } file)
            return new(archive, name, isFile: true, [file]);

        // The workers hash the files of the folder itself, not those of the folders in it.
        var prefix = name.Length == 0 ? "" : name + "/";
        var files = archive.Entries
            .Where(entry => entry.Name.StartsWith(prefix, StringComparison.Ordinal)
                && entry.Name.Length > prefix.Length
                && entry.Name.IndexOf('/', prefix.Length) < 0)
            .OrderBy(entry => entry.Name, StringComparer.Ordinal)
            .ToList();
        return new(archive, name, isFile: false, files);
    }

    /// <summary>The possible digests of this output: one, and for a folder with empty files a second, since some workers leave those out.</summary>
    public IReadOnlyList<Bytes32> Hash(TransferMeter meter, CancellationToken cancellationToken)
    {
        var hashes = Files.Select(file => _archive.Hash(file, meter, cancellationToken)).ToList();
        if (IsFile)
            return [new(hashes[0])];

        var all = Combine(hashes);
        return Files.Any(file => file.Length == 0) ? [all, Combine(hashes.Where((_, i) => Files[i].Length > 0))] : [all];
    }

    private static Bytes32 Combine(IEnumerable<byte[]> hashes) => new(Keccak256.Hash(hashes.SelectMany(hash => hash).ToArray()));

    private static string Normalise(string path)
    {
        if (!path.StartsWith(Root, StringComparison.Ordinal) || (path.Length > Root.Length && path[Root.Length] != '/'))
            throw new InvalidDataException($"its deterministic output is not in {Root}");

        var parts = path[Root.Length..].Split('/').Where(part => part is not ("" or ".")).ToList();
        return parts.Contains("..") ? throw new InvalidDataException("its deterministic output path has a '..'") : string.Join("/", parts);
    }
}
