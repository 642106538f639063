using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;

namespace IExec.Tasks.Devnet;

/// <summary>
/// Builds the devnet on first use, and again after a change of its scripts. Several test processes may ask at the same time:
/// one builds, the others wait for it.
/// </summary>
public static class DevnetBuild
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly Lazy<Task> Built = new(EnsureOnceAsync);

    /// <summary>Completes when <see cref="DevnetFiles.State"/> is there and up to date.</summary>
    /// <exception cref="InvalidOperationException">npm or node failed; the message holds their output.</exception>
    public static Task EnsureAsync() => Built.Value;

    private static async Task EnsureOnceAsync()
    {
        Directory.CreateDirectory(DevnetFiles.State);
        await using var gate = await LockAsync(Path.Combine(DevnetFiles.State, "lock"));
        await RunIfChangedAsync(
            Path.Combine(DevnetFiles.Root, "node_modules", ".devnet-key"),
            HashOf(InRoot("package.json", "package-lock.json")),
            () => ChildProcess.RunAsync(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", "ci"));
        await RunIfChangedAsync(
            Path.Combine(DevnetFiles.State, "key"),
            HashOf([.. InRoot("package-lock.json", "build.mjs"), .. FilesOf("lib"), .. FilesOf("contracts"), .. FilesOf("content")]),
            BuildStateAsync);
    }

    private static async Task BuildStateAsync()
    {
        foreach (var directory in Directory.EnumerateDirectories(DevnetFiles.State))
        {
            Directory.Delete(directory, recursive: true);
        }

        await ChildProcess.RunAsync("node", "build.mjs");
    }

    // The key is written last, so that a build which was cut short is done again.
    private static async Task RunIfChangedAsync(string keyFile, string key, Func<Task> run)
    {
        if (File.Exists(keyFile))
        {
            if (string.Equals(await File.ReadAllTextAsync(keyFile), key, StringComparison.Ordinal))
            {
                return;
            }

            File.Delete(keyFile);
        }

        await run();
        await File.WriteAllTextAsync(keyFile, key);
    }

    private static async Task<FileStream> LockAsync(string path)
    {
        var giveUp = DateTimeOffset.UtcNow + Patience;
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (DateTimeOffset.UtcNow < giveUp)
            {
                await Task.Delay(100);
            }
        }
    }

    private static string[] InRoot(params string[] names) => [.. names.Select(name => Path.Combine(DevnetFiles.Root, name))];

    private static string[] FilesOf(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(DevnetFiles.Root, folder)).Order(StringComparer.Ordinal)];

    private static string HashOf(string[] files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(file)));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
