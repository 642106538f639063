using System.IO;
using IExec.Tasks.Results;

namespace IExec.Tasks.Cmdlets;

/// <summary>Where a command writes reports: a file, for a single report, or a folder.</summary>
/// <param name="path">The full path that the user named.</param>
/// <param name="force">Whether to replace what was there before the command.</param>
internal sealed class ReportTarget(string path, bool force)
{
    private readonly bool _isFolder = Directory.Exists(path) || path[^1] == Path.DirectorySeparatorChar || path[^1] == Path.AltDirectorySeparatorChar;
    private string? _earlier;

    /// <summary>The path of a deal's report.</summary>
    /// <exception cref="IExecException">ResultExists: it exists, or was written for an earlier deal. FileAccessFailed: there is no such folder.</exception>
    public string Take(string dealId)
    {
        var target = _isFolder ? Path.Combine(path, dealId + ".html") : path;
        if (!_isFolder && _earlier is not null)
        {
            throw new IExecException(
                IExecErrorId.ResultExists,
                $"The report of deal {dealId} was not written: this command uses '{target}' for deal {_earlier}.",
                "For several reports, name a folder: a -Path that exists as a folder or ends in a slash.");
        }

        if (!force && (File.Exists(target) || Directory.Exists(target)))
            throw Exists(target);
        var folder = Path.GetDirectoryName(target)!;
        if (!_isFolder && !Directory.Exists(folder))
            throw new IExecException(IExecErrorId.FileAccessFailed, $"The folder '{folder}' does not exist.", "Create the folder, or give another -Path.");
        _earlier = dealId;
        return target;
    }

    /// <summary>Writes a report to a temporary file, and moves that to its path in one step, so that a failure leaves an existing file unchanged.</summary>
    /// <exception cref="IExecException">ResultExists: it was created meanwhile. FileAccessFailed.</exception>
    public void Write(string target, byte[] report)
    {
        var partial = target + ".partial";
        if (_isFolder)
            LocalFiles.CreateFolder(path);
        try
        {
            LocalFiles.Write(partial, report);
            LocalFiles.Move(partial, target, force);
        }
        catch (IExecException)
        {
            LocalFiles.TryDelete(partial);
            if (!force && File.Exists(target))
                throw Exists(target);
            throw;
        }
    }

    private static IExecException Exists(string target) => new(IExecErrorId.ResultExists, $"'{target}' exists.");
}
