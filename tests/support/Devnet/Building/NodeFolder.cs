using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Devnet;

/// <summary>
/// A folder with a <c>package.json</c> and a <c>build.mjs</c>, which creates test data in <c>state/</c> on first use, and again after a change of its
/// sources. Several test processes may request it at the same time: one builds, the others wait.
/// </summary>
/// <param name="root">The folder.</param>
/// <param name="sources">The folders in it that <c>build.mjs</c> reads.</param>
public sealed class NodeFolder(string root, params string[] sources)
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(10);
    private readonly Lock _gate = new();
    private Task? _built;

    /// <summary>What <c>build.mjs</c> makes; not in git.</summary>
    public string State { get; } = Path.Combine(root, "state");

    /// <summary>The files of a package.</summary>
    public string PackagePath(string package) => Path.Combine(root, "node_modules", package);

    /// <summary>Completes when the packages are installed, and <see cref="State"/> is there and up to date.</summary>
    /// <exception cref="InvalidOperationException">npm or node failed; the message holds their output.</exception>
    public Task EnsureAsync()
    {
        lock (_gate)
            return _built ??= EnsureOnceAsync();
    }

    private async Task EnsureOnceAsync()
    {
        Directory.CreateDirectory(State);
        await using var gate = await LockAsync(Path.Combine(State, "lock"));
        await RunIfChangedAsync(
            Path.Combine(root, "node_modules", ".key"),
            HashOf(InRoot("package.json", "package-lock.json")),
            () => ChildProcess.RunAsync(root, OperatingSystem.IsWindows() ? "npm.cmd" : "npm", "ci"));
        await RunIfChangedAsync(
            Path.Combine(State, "key"),
            HashOf([.. InRoot("package-lock.json", "build.mjs"), .. sources.SelectMany(FilesOf)]),
            BuildStateAsync);
    }

    private async Task BuildStateAsync()
    {
        foreach (var directory in Directory.EnumerateDirectories(State))
        {
            Directory.Delete(directory, recursive: true);
        }

        await ChildProcess.RunAsync(root, "node", "build.mjs");
    }

    // The key is written last, so that an interrupted build is repeated.
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
        var giveUp = DateTimeOffset.UtcNow + DefaultTimeout;
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

    private string[] InRoot(params string[] names) => [.. names.Select(name => Path.Combine(root, name))];

    private string[] FilesOf(string folder) => [.. Directory.EnumerateFiles(Path.Combine(root, folder)).Order(StringComparer.Ordinal)];

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
