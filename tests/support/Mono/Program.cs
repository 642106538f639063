using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes.Ipfs;

namespace IExec.Tasks.Mono;

/// <summary>
/// Starts a local chain and an IPFS gateway, and runs <c>Smoke</c>, a program for .NET Framework 4.7.2, against them on mono, with the files that
/// Windows PowerShell loads: <c>lib/netstandard2.0</c>.
/// </summary>
internal static class Program
{
    private const int NotInstalled = 2;
    private const int StandstillAfter = 10_000_000;

    private static async Task<int> Main()
    {
        try
        {
            using var mono = Start("--version");
            Console.WriteLine((await mono.StandardOutput.ReadToEndAsync()).Split('\n')[0]);
        }
        catch (Win32Exception)
        {
            await Console.Error.WriteLineAsync("mono is not installed. On Debian: apt-get install mono-devel");
            return NotInstalled;
        }

        await using var chain = await DevnetChain.StartAsync(DevnetProfile.Arbitrum);
        await using var gateway = await IpfsGateway.StartAsync(new BlockStore().AddFolder(DevnetFiles.Blocks));
        gateway.Faults.PauseAfter = StandstillAfter; // the first download
        var folder = Directory.CreateTempSubdirectory("iexec-mono-");
        try
        {
            var (tasks, deals) = (chain.State.Tasks, chain.State.Deals);
            return await RunAsync(
                Path.Combine(DevnetFiles.RepositoryRoot, "tests", "support", "Mono", "Smoke", "bin", Configuration, "net472", "IExec.Task.Mono.Smoke.exe"),
                chain.RpcUrl.ToString(), gateway.Url.ToString(), deals["bag"].DealId, tasks["completedSingle"].TaskId, tasks["completedLarge"].TaskId, tasks["completedEncrypted"].TaskId,
                Path.Combine(DevnetFiles.RepositoryRoot, "tests", "Fuzzing", "corpus", "keystore", "ethers"), DevnetFiles.BeneficiaryKey, folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The folder that both programs were built into.</summary>
    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    private static async Task<int> RunAsync(params string[] arguments)
    {
        using var mono = Start(arguments);
        await mono.StandardOutput.BaseStream.CopyToAsync(Console.OpenStandardOutput());
        await mono.WaitForExitAsync();
        return mono.ExitCode;
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("mono", arguments)
    {
        UseShellExecute = false,
        RedirectStandardOutput = true,
        Environment = { ["MONO_PATH"] = Path.Combine(DevnetFiles.RepositoryRoot, "lib", "netstandard2.0") },
    })!;
}
