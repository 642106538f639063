using System.IO;
using System.IO.Compression;
using System.Text.Json;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.UnitTests.Peers;

/// <summary>Published test vectors in npm packages, and the results of other implementations; both are prepared on first use.</summary>
internal static class PeerVectors
{
    private static readonly NodeFolder Folder = new(Path.Combine(DevnetFiles.RepositoryRoot, "tests", "Unit", "Peers"));

    /// <summary>What <c>build.mjs</c> had the peers make.</summary>
    public static async Task<T[]> MadeAsync<T>(string name)
    {
        await Folder.EnsureAsync();
        await using var stream = File.OpenRead(Path.Combine(Folder.State, name + ".json"));
        return (await JsonSerializer.DeserializeAsync<T[]>(stream, JsonSerializerOptions.Web))!;
    }

    /// <summary>A suite of ethers, @ethersproject/testcases.</summary>
    public static async Task<JsonElement[]> EthersAsync(string suite)
    {
        await Folder.EnsureAsync();
        await using var stream = new GZipStream(
            File.OpenRead(Path.Combine(Folder.PackagePath("@ethersproject/testcases"), "testcases", suite + ".json.gz")), CompressionMode.Decompress);
        return (await JsonSerializer.DeserializeAsync<JsonElement[]>(stream))!;
    }

    /// <summary>A file of a package.</summary>
    public static async Task<string[]> LinesAsync(string package, string path)
    {
        await Folder.EnsureAsync();
        return await File.ReadAllLinesAsync(Path.Combine(Folder.PackagePath(package), path));
    }
}
