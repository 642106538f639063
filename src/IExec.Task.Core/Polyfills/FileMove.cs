using System.IO;

namespace IExec.Tasks;

/// <summary>Moving a file over another in one step, on both frameworks.</summary>
internal static class FileMove
{
    /// <summary>Moves a file; what was there under the new name is gone, or nothing has happened.</summary>
    public static void Replace(string from, string to)
    {
#if NETSTANDARD2_0
        if (File.Exists(to))
            File.Replace(from, to, destinationBackupFileName: null);
        else
            File.Move(from, to);
#else
        File.Move(from, to, overwrite: true);
#endif
    }
}
