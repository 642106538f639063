using System.Linq;
using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace IExec.Tasks.Cmdlets;

/// <summary>Resolves PowerShell paths (relative to the session's location, on a PowerShell drive, with ~) to paths of the file system.</summary>
internal static class PathResolver
{
    /// <summary>Where a command writes to: -LiteralPath, -Path, whose wildcards must match exactly one path, or the current location. Both together end the pipeline.</summary>
    /// <exception cref="IExecException">FileAccessFailed: not one path, or not in the file system.</exception>
    public static string ResolveTarget(this IExecCmdlet cmdlet, string? path, string? literalPath)
    {
        if (path is not null && literalPath is not null)
            cmdlet.RejectParameters("-Path and -LiteralPath cannot be combined. Use one of them.");
        if (literalPath is not null)
            return cmdlet.RequireFileSystem(literalPath);
        if (path is null)
            return cmdlet.SessionState.Path.CurrentFileSystemLocation.ProviderPath;
        if (!WildcardPattern.ContainsWildcardCharacters(path))
            return cmdlet.RequireFileSystem(path);

        var matches = cmdlet.SessionState.Path.GetResolvedPSPathFromPSPath(path);
        return matches.Count == 1
            ? cmdlet.RequireFileSystem(matches.Single().Path)
            : throw new IExecException(IExecErrorId.FileAccessFailed, $"'{path}' matches {matches.Count} paths.", "Name one file or folder, or use -LiteralPath.");
    }

    /// <summary>The path in the file system, whether or not something is there; wildcards are not expanded.</summary>
    /// <exception cref="IExecException">FileAccessFailed: it is not in the file system.</exception>
    public static string RequireFileSystem(this PSCmdlet cmdlet, string path) => cmdlet.ToFileSystemPath(path)
        ?? throw new IExecException(IExecErrorId.FileAccessFailed, $"'{path}' is not in the file system.", "Name a file or folder on a disk.");

    /// <summary>The path in the file system, whether or not something is there; wildcards are not expanded. Null when it is not in the file system.</summary>
    public static string? ToFileSystemPath(this PSCmdlet cmdlet, string path)
    {
        try
        {
            var resolved = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return provider.ImplementingType == typeof(FileSystemProvider) ? resolved : null;
        }
        catch (SessionStateException)
        {
            return null; // no such drive or provider
        }
    }
}
