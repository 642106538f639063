using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using IExec.Tasks.Hosting;

namespace IExec.Tasks.PackageTests;

/// <summary>Compares the benchmarks that are counts with their table. They are the same on every machine.</summary>
public sealed class CountGateTests
{
    [Fact]
    public async Task No_command_needs_more_requests_transactions_or_memory_than_the_table_says()
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(RepositoryPaths.Root, "tests", "Benchmarks", "bin", output.Parent!.Name, output.Name, "IExec.Task.Benchmarks.dll"));
        start.ArgumentList.Add("gate");
        start.ArgumentList.Add("counts");
        using var process = Process.Start(start)!;
        var (text, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == 0, await text + await error);
        Assert.Contains("passed: requests to read 1 task: 1,", await text, StringComparison.Ordinal);
    }
}
