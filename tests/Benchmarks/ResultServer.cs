using System;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Fakes.Ipfs;
using IExec.Tasks.Results.Ipfs;

namespace IExec.Tasks.Benchmarks;

/// <summary>A separate process that serves one large result from an IPFS gateway, so that its memory and time do not count as the module's.</summary>
internal static class ResultServer
{
    public const string Mode = "serve-result";

    private const int Megabyte = 1024 * 1024;

    /// <summary>Makes a result whose output has this many megabytes, says where it is, and serves it until its input ends.</summary>
    public static async Task<int> RunAsync(string megabytes)
    {
        var (archive, digest) = await WriteArchiveAsync(int.Parse(megabytes, CultureInfo.InvariantCulture));
        await using var gateway = await IpfsGateway.StartAsync(new BlockStore().AddFolder(DevnetFiles.Blocks));
        UnixFsPiece root;
        await using (archive)
            root = await gateway.Blocks.AddFileAsync(archive, UnixFsLayout.Version0);

        Console.WriteLine(JsonSerializer.Serialize(new ServedResult(gateway.Url.ToString(), root.Cid.ToString(), digest, root.Size)));
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <summary>An archive as workers make it: deflated at the default level, though its content does not get smaller.</summary>
    private static async Task<(Stream Archive, string Digest)> WriteArchiveAsync(int megabytes)
    {
        var file = new FileStream(Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, Megabyte, FileOptions.DeleteOnClose);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            await using (var computed = archive.CreateEntry("computed.json").Open())
                await computed.WriteAsync(Encoding.ASCII.GetBytes("""{"deterministic-output-path":"/iexec_out/data.bin"}"""));
            await using var output = archive.CreateEntry("data.bin", CompressionLevel.Optimal).Open();
            var random = new Random(megabytes);
            var buffer = new byte[Megabyte];
            for (var i = 0; i < megabytes; i++)
            {
                random.NextBytes(buffer);
                hash.AppendData(buffer);
                await output.WriteAsync(buffer);
            }
        }

        file.Position = 0;
        return (file, "0x" + Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
