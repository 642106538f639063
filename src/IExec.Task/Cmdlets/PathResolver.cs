using System.Management.Automation;
using Microsoft.PowerShell.Commands;

namespace IExec.Tasks.Cmdlets;

/// <summary>Turns paths as users write them (relative to the session's location, on a PowerShell drive, with ~) into paths of the system.</summary>
internal static class PathResolver
{
    /// <summary>The path in the file system, whether or not something is there; wildcards are not expanded. Null when it leads elsewhere.</summary>
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
