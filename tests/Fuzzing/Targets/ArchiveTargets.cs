using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading;
using IExec.Tasks.Results;
using IExec.Tasks.Results.Archives;
using IExec.Tasks.Results.Download;
using IExec.Tasks.Results.Verification;

namespace IExec.Tasks.Fuzzing.Targets;

/// <summary>Result archives and their content.</summary>
internal static class ArchiveTargets
{
    private const long MostExpanded = 1024 * 1024;
    private const int Buffers = 1024 * 1024;
    private static readonly string Folder = Scratch.MakeFolder("archive");
    private static readonly FileStream ArchiveFile = new(Path.Combine(Folder, "archive.zip"), FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 1);
    private static readonly string NotePath = Path.Combine(Scratch.MakeFolder("note"), "file.partial");
    private static readonly ResultLocation NoteLocation = ResultLocation.Parse("/ipfs/QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn");
    private static readonly IExecTask Task = new()
    {
        TaskId = "0x" + new string('1', 64), ResultDigest = "0x" + new string('2', 64), ConsensusValue = "0x" + new string('3', 64),
    };

    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("zip-directory", input => ZipDirectory.Read(new MemoryStream(input)), typeof(InvalidDataException)),
        new("archive", Expand, typeof(InvalidDataException), typeof(IExecException)) { AllocationBase = Buffers, Slowness = 10 },
        new("computed-json", ReadComputed) { IsJson = true, AllocationBase = Buffers, Slowness = 5 },
        new("partial-note", ReadNote) { IsJson = true, Slowness = 2 },
    ];

    /// <summary>All that is done with an archive: found out what it is, verified, checked, expanded.</summary>
    private static void Expand(byte[] input)
    {
        using var archive = Open(input);
        _ = EncryptedResult.Is(archive);
        new DigestVerifier(Task, MostExpanded).Verify(archive, Meter(), CancellationToken.None);
        CompareWithArriving(archive, input);
        var expander = new ArchiveExpander(archive, input.Length, MostExpanded);
        expander.Check(() => true);
        var target = Path.Combine(Folder, "expanded");
        try
        {
            expander.Expand(target, Meter(), CancellationToken.None);
            var files = Directory.GetFiles(target, "*", SearchOption.AllDirectories);
            Require.That(files.Length == archive.Entries.Count(entry => !entry.IsFolder), "each entry becomes one file below the target");
            Require.That(files.Sum(file => new FileInfo(file).Length) == expander.Length, "files have the lengths of their entries");
        }
        finally
        {
            Directory.Delete(target, recursive: true);
            Require.That(Directory.GetFileSystemEntries(Folder).Length == 1, "nothing is written beside the target");
        }
    }

    /// <summary>What is learned while an archive arrives, if the directory tells of such an entry, is what is in the entry.</summary>
    private static void CompareWithArriving(ResultArchive archive, byte[] input)
    {
        var reader = new ZipForwardReader(new MemoryStream(input), MostExpanded);
        var arrived = new Dictionary<long, EntryHash>();
        try
        {
            while (reader.ReadEntry() is { } entry)
                arrived.Add(entry.HeaderOffset, entry);
        }
        catch (InvalidDataException)
        {
            // Entries before it stay valid.
        }

        foreach (var entry in archive.Entries)
        {
            if (arrived.TryGetValue(entry.HeaderOffset, out var hash) && hash.IsOf(entry))
                Require.That(archive.Hash(entry, Meter(), CancellationToken.None).AsSpan().SequenceEqual(hash.Hash), "an arriving entry has the hash that it has in the file");
        }
    }

    private static void ReadComputed(byte[] input)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        using (var entry = zip.CreateEntry(ComputedFile.Name, CompressionLevel.NoCompression).Open())
            entry.Write(input);
        using var archive = Open(bytes.ToArray());
        new DigestVerifier(Task, MostExpanded).Verify(archive, Meter(), CancellationToken.None);
    }

    private static void ReadNote(byte[] input)
    {
        File.WriteAllBytes(PartialNote.PathOf(NotePath), input);
        PartialNote.TryRead(NotePath, NoteLocation);
    }

    /// <summary>Archives are read from disk; to make a file for each would take most of the time.</summary>
    private static ResultArchive Open(byte[] bytes)
    {
        RandomAccess.SetLength(ArchiveFile.SafeFileHandle, bytes.Length);
        RandomAccess.Write(ArchiveFile.SafeFileHandle, bytes, 0);
        return ResultArchive.Open(ArchiveFile.Name);
    }

    private static TransferMeter Meter() => new(SaveStage.Verifying, null);
}
