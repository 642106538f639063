using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;

namespace IExec.Tasks.Results;

/// <summary>Operations on the user's disk. Their failures become <see cref="IExecErrorId.FileAccessFailed"/>, so that they are not taken for failures of the network.</summary>
internal static class LocalFiles
{
    /// <summary>Runs an operation on the disk.</summary>
    public static T Use<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (IsDiskFailure(e))
        {
            throw Failure(path, e);
        }
    }

    /// <summary>Runs an operation on the disk.</summary>
    public static void Use(string path, Action work) => Use(path, () =>
    {
        work();
        return true;
    });

    /// <summary>Awaits an operation on the disk.</summary>
    public static async ValueTask<T> UseAsync<T>(string path, ValueTask<T> work)
    {
        try
        {
            return await work.ConfigureAwait(false);
        }
        catch (Exception e) when (IsDiskFailure(e))
        {
            throw Failure(path, e);
        }
    }

    /// <summary>Awaits an operation on the disk.</summary>
    public static async ValueTask UseAsync(string path, ValueTask work)
    {
        try
        {
            await work.ConfigureAwait(false);
        }
        catch (Exception e) when (IsDiskFailure(e))
        {
            throw Failure(path, e);
        }
    }

    /// <summary>
    /// Creates a file under one of the module's own names, such as <c>.partial</c>. What exists under that name is deleted first and never written to:
    /// it may be a planted link.
    /// </summary>
    public static FileStream Create(string path) => Use(path, () =>
    {
        File.Delete(path);
        return new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
    });

    /// <summary>Writes a small file under one of the module's own names.</summary>
    public static void Write(string path, byte[] content)
    {
        using var file = Create(path);
        Use(path, () => file.Write(content, 0, content.Length));
    }

    /// <summary>Creates a folder, and those above it that are missing.</summary>
    /// <returns>The folders that were created, the innermost first.</returns>
    public static IReadOnlyList<string> CreateFolder(string path)
    {
        var missing = new List<string>();
        for (var folder = path; folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
            missing.Add(folder);
        try
        {
            Use(path, () => Directory.CreateDirectory(path));
            return missing;
        }
        catch (IExecException)
        {
            missing.ForEach(TryDeleteEmpty);
            throw;
        }
    }

    /// <summary>Whether a folder distinguishes names that differ only by case. A file is created to find out, since folders of one disk may differ.</summary>
    public static bool IsCaseSensitive(string folder)
    {
        var probe = Path.Combine(folder, $".case-{Guid.NewGuid():N}");
        using (Create(probe))
        {
        }

        var isSensitive = !File.Exists(Path.Combine(folder, Path.GetFileName(probe).ToUpperInvariant()));
        TryDelete(probe);
        return isSensitive;
    }

    /// <summary>Whether a path is a link, even one whose target does not exist.</summary>
    public static bool IsLink(string path) =>
        new FileInfo(path).Attributes is var attributes && (int)attributes != -1 && attributes.HasFlag(FileAttributes.ReparsePoint);

    /// <summary>Moves a file to its final name in one step.</summary>
    public static void Move(string from, string to, bool overwrite) => Use(to, () => FileMove.Move(from, to, overwrite));

    /// <summary>Moves a folder to its final name. One that is to be overwritten is moved aside first, and back on failure.</summary>
    public static void MoveFolder(string from, string to, bool overwrite)
    {
        if (!overwrite)
        {
            Use(to, () => Directory.Move(from, to));
            return;
        }

        var aside = to + ".replaced";
        DeleteFolder(aside);
        Use(to, () =>
        {
            if (File.Exists(to))
                File.Delete(to);
            if (Directory.Exists(to))
                Directory.Move(to, aside);
            try
            {
                Directory.Move(from, to);
            }
            catch when (Directory.Exists(aside))
            {
                Directory.Move(aside, to);
                throw;
            }
        });
        DeleteFolder(aside);
    }

    /// <summary>Deletes a folder that may not be there.</summary>
    public static void DeleteFolder(string path) => Use(path, () =>
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    });

    /// <summary>Deletes a file that may not be there; used where a failure must not hide a worse one.</summary>
    public static void TryDelete(string path) => Try(() => File.Delete(path));

    /// <summary>Deletes a folder that may not be there, with all that is in it; used where a failure must not hide a worse one.</summary>
    public static void TryDeleteFolder(string path) => Try(() => DeleteFolder(path));

    /// <summary>Deletes a folder that may not be there, if nothing is in it, such as a download to be resumed.</summary>
    public static void TryDeleteEmpty(string path) => Try(() =>
    {
        if (Directory.Exists(path))
            Directory.Delete(path);
    });

    private static void Try(Action delete)
    {
        try
        {
            delete();
        }
        catch (Exception e) when (e is IExecException || IsDiskFailure(e))
        {
            // What stays behind is named .partial, and is verified or overwritten by the next run.
        }
    }

    /// <summary>The failure of an operation on the disk.</summary>
    public static IExecException Failure(string path, Exception e) =>
        new(IExecErrorId.FileAccessFailed, $"'{path}' cannot be read or written: {e.Message}", innerException: e);

    /// <summary>Whether an exception is a failure of the disk. A file that is too long for the file system, such as FAT32, is an ArgumentOutOfRangeException.</summary>
    public static bool IsDiskFailure(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;
}
