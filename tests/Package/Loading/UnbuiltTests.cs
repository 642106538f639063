using System.IO;
using System.Threading.Tasks;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.PackageTests.Loading;

/// <summary>The import of the module from a clone that was not built.</summary>
public sealed class UnbuiltTests
{
    [Fact]
    public async Task An_import_before_a_build_says_what_to_run()
    {
        var clone = Directory.CreateTempSubdirectory("iexec-clone-");
        try
        {
            var lib = clone.CreateSubdirectory("lib");
            File.Copy(RepositoryPaths.Manifest, Path.Combine(clone.FullName, "IExec.Task.psd1"));
            foreach (var file in Directory.EnumerateFiles(Path.Combine(RepositoryPaths.Root, "lib")))
                File.Copy(file, Path.Combine(lib.FullName, Path.GetFileName(file)));

            var shell = await RealShell.RunInCleanHomeAsync($"try {{ Import-Module '{clone.FullName}/IExec.Task.psd1' }} catch {{ $_.ToString() }}; (Get-Module IExec.Task).Count");

            Assert.Equal($"IExec.Task is not built yet. Run 'dotnet build' in {clone.FullName}, then import it again.\n0", shell.Output.Trim().ReplaceLineEndings("\n"));
        }
        finally
        {
            clone.Delete(recursive: true);
        }
    }
}
