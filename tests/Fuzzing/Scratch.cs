using System;
using System.IO;

namespace IExec.Tasks.Fuzzing;

/// <summary>Folders for targets that need a disk; they are deleted with the process.</summary>
internal static class Scratch
{
    private static readonly string Root = Make();

    public static string MakeFolder(string name) => Directory.CreateDirectory(Path.Combine(Root, name)).FullName;

    private static string Make()
    {
        var folder = Directory.CreateTempSubdirectory("iexec-fuzz-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}
