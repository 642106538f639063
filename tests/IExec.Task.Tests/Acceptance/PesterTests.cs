using System;
using System.IO;
using System.Threading.Tasks;
using IExec.Tasks.Hosting;
using IExec.Tasks.Playground;

namespace IExec.Tasks.ModuleTests.Acceptance;

/// <summary>
/// Runs the test files of tests/Pester against what <c>Playground --serve</c> serves, in an engine of its own process: with the build for
/// PowerShell 7, and with the one for Windows PowerShell. Pester itself is not there; PesterShim.ps1 stands in for it.
/// </summary>
public sealed class PesterTests
{
    [Theory]
    [InlineData("net8.0", ".NETCoreApp,Version=v8.0")]
    [InlineData("netstandard2.0", ".NETStandard,Version=v2.0")]
    public async Task The_acceptance_tests_pass_with_the_build_for(string folder, string framework)
    {
        await using var devnet = await ServedDevnet.StartAsync();
        using var module = new ModuleFolder(folder);
        var file = Path.ChangeExtension(module.Manifest, ".devnet.psd1");
        await devnet.WriteAsync(file, module.Manifest);

        var shell = await ChildShell.RunAsync($$"""
            $env:IEXEC_DEVNET = '{{file}}'
            . '{{Path.Combine(RepositoryPaths.Root, "tests", "IExec.Task.Tests", "Acceptance", "PesterShim.ps1")}}'
            Invoke-PesterShim '{{Path.Combine(RepositoryPaths.Root, "tests", "Pester")}}'
            'IExec.Task', 'IExec.Task.Core', 'IExec.Task.Crypto' | ForEach-Object {
                $name = $_
                $assembly = @([AppDomain]::CurrentDomain.GetAssemblies().Where({ $_.GetName().Name -eq $name }))[0]
                [Reflection.CustomAttributeExtensions]::GetCustomAttribute($assembly, [Runtime.Versioning.TargetFrameworkAttribute]).FrameworkName
            }
            """);

        var text = string.Join('\n', shell.Output);
        Assert.DoesNotContain("[-]", text, StringComparison.Ordinal);
        Assert.Matches("[1-9][0-9]+ passed, 0 failed", text);
        Assert.Equal([framework, framework, framework], shell.Output[^3..]);
    }
}
