using System;
using System.IO;

namespace IExec.Tasks.Results.Saving;

/// <summary>Checks before a file is written that there is enough disk space.</summary>
internal sealed class DiskSpace
{
    private const long Step = 64 * 1024 * 1024; // a length that grows during the download is checked once per step

    private readonly string _path;
    private readonly long _present;
    private long _granted;

    /// <param name="path">The file's full path.</param>
    /// <param name="present">The bytes of it that exist.</param>
    public DiskSpace(string path, long present = 0)
    {
        _path = path;
        _present = present;
        _granted = present;
    }

    /// <summary>Checks that there is space for a file of this length.</summary>
    /// <exception cref="IExecException"><see cref="IExecErrorId.FileAccessFailed"/>.</exception>
    public void Require(long length)
    {
        if (length <= _granted)
            return;
        if (Available() is { } available && available < length - _present)
        {
            throw new IExecException(
                IExecErrorId.FileAccessFailed,
                $"There is not enough disk space for '{_path}': it needs {length - _present} bytes, and {available} are free.",
                "Free some space, or save to another disk with -Path.");
        }

        _granted = length + Step;
    }

    private long? Available()
    {
        try
        {
            return new DriveInfo(Path.GetDirectoryName(_path)!).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null; // a network share on Windows; the write fails itself
        }
    }
}
