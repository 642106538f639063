using System;
using System.IO;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.CmdletTests.Acceptance;

/// <summary>
/// A copy of the built module, in which the files for one edition lie where those for PowerShell 7 are looked for. So the build for Windows
/// PowerShell runs here too.
/// </summary>
internal sealed class ModuleFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("iexec-module-");

    public ModuleFolder(string framework)
    {
        Copy(RepositoryPaths.Root, "*.psd1", _folder.FullName);
        Copy(Path.Combine(RepositoryPaths.Root, "lib"), "*", Path.Combine(_folder.FullName, "lib"));
        var source = Path.Combine(RepositoryPaths.Root, "lib", framework);
        foreach (var folder in (string[])[source, .. Directory.GetDirectories(source)])
            Copy(folder, "*", Path.Combine(_folder.FullName, "lib", "net8.0", Path.GetRelativePath(source, folder)));
    }

    public string Manifest => Path.Combine(_folder.FullName, "IExec.Task.psd1");

    public void Dispose() => _folder.Delete(recursive: true);

    private static void Copy(string source, string pattern, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in Directory.EnumerateFiles(source, pattern))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
    }
}
