using System;
using System.IO;
using System.Threading.Tasks;

namespace IExec.Tasks.Results;

/// <summary>Work on the user's disk, whose failures are told from the network's by becoming <see cref="IExecErrorId.FileAccessFailed"/>.</summary>
internal static class LocalFiles
{
    /// <summary>Runs disk work.</summary>
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

    /// <summary>Runs disk work.</summary>
    public static void Use(string path, Action work) => Use(path, () =>
    {
        work();
        return true;
    });

    /// <summary>Awaits disk work.</summary>
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

    /// <summary>Awaits disk work.</summary>
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

    /// <summary>Moves a file over another in one step.</summary>
    public static void Replace(string from, string to) => Use(to, () => FileMove.Replace(from, to));

    /// <summary>Moves a folder to where none is, or where the user wants another one replaced: that is moved aside first, and back if it must.</summary>
    public static void ReplaceFolder(string from, string to)
    {
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
    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (IsDiskFailure(e))
        {
            // What stays behind is named .partial and is proved or overwritten by the next run.
        }
    }

    /// <summary>What the user reads when the disk fails.</summary>
    public static IExecException Failure(string path, Exception e) =>
        new(IExecErrorId.FileAccessFailed, $"'{path}' cannot be read or written: {e.Message}", innerException: e);

    /// <summary>Whether an exception of the file system is about the disk. A file too long for it, such as on FAT32, comes as an argument out of range.</summary>
    public static bool IsDiskFailure(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;
}
