using System.IO;

namespace IExec.Tasks;

/// <summary>Moving a file in one step, on both frameworks.</summary>
internal static class FileMove
{
    /// <summary>Moves a file, and replaces an existing one if requested. On failure nothing has changed.</summary>
    public static void Move(string from, string to, bool overwrite)
    {
#if NETSTANDARD2_0
        if (overwrite && File.Exists(to))
            File.Replace(from, to, destinationBackupFileName: null);
        else
            File.Move(from, to);
#else
        File.Move(from, to, overwrite);
#endif
    }
}
