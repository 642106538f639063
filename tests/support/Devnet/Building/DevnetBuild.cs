using System;
using System.Threading.Tasks;

namespace IExec.Tasks.Devnet;

/// <summary>Builds the devnet on first use, and again after a change of its scripts.</summary>
public static class DevnetBuild
{
    private static readonly NodeFolder Folder = new(DevnetFiles.Root, "lib", "contracts", "content");

    /// <summary>Completes when <see cref="DevnetFiles.State"/> is there and up to date.</summary>
    /// <exception cref="InvalidOperationException">npm or node failed; the message holds their output.</exception>
    public static Task EnsureAsync() => Folder.EnsureAsync();
}
