using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using System.Threading.Tasks;
using CsCheck;
using IExec.Tasks.Results.Archives;
using IExec.Tasks.Results.Download;

namespace IExec.Tasks.UnitTests.Results;

/// <summary>Hashes computed during the download must be those of the complete archive, or missing.</summary>
public sealed class DownloadingArchiveTests
{
    private static readonly byte[] Large = MakeNoise(3_000_000);

    [Theory]
    [InlineData(false, 1024 * 1024)]
    [InlineData(true, 1024 * 1024)]
    [InlineData(false, 1000)]
    [InlineData(true, 1000)]
    public async Task Hashes_every_entry_during_the_download(bool streamed, int piece)
    {
        (string, byte[])[] files = [("empty", []), ("one", [1]), ("zeros", new byte[500_000]), ("noise", Large), ("last", MakeNoise(8192))];
        var zip = Zip(streamed, CompressionLevel.Optimal, files);

        var hashes = await ArriveAsync(zip, piece);

        foreach (var (entry, (_, content)) in ZipDirectory.Read(new MemoryStream(zip)).Zip(files))
        {
            Assert.True(hashes[entry.HeaderOffset].IsOf(entry), entry.Name);
            Assert.Equal(SHA256.HashData(content), hashes[entry.HeaderOffset].Hash);
        }
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Agrees_with_the_directory_whatever_is_in_the_archive() =>
        Gen.Select(Gen.Bool, Gen.Enum<CompressionLevel>(), Gen.Byte[0, 3].Array[0, 20_000].Array[0, 6]).Sample(
            (streamed, level, contents) =>
            {
                var zip = Zip(streamed, level, [.. contents.Select((content, i) => ($"{i}", content))]);
                var hashes = ArriveAsync(zip, 4096).GetAwaiter().GetResult();

                // Read forwards, a stored entry without a length has no known end.
                return ZipDirectory.Read(new MemoryStream(zip)).Zip(contents).TakeWhile(pair => !streamed || pair.First.IsDeflated).All(pair =>
                    hashes[pair.First.HeaderOffset] is var hash && hash.IsOf(pair.First) && hash.Hash.AsSpan().SequenceEqual(SHA256.HashData(pair.Second)));
            },
            iter: 300,
            threads: 1);

    [Fact]
    public async Task Ignores_data_out_of_order()
    {
        var zip = Zip(streamed: true, CompressionLevel.Optimal, ("a", Large));
        using var arriving = new DownloadingArchive(long.MaxValue);

        Pass(arriving, zip, 0, 1000);
        Pass(arriving, zip, 2000, 1000);
        Pass(arriving, zip, 1000, 1000);

        Assert.Empty(await arriving.CompleteAsync(zip.Length));
    }

    [Fact]
    public async Task Ignores_an_incomplete_file()
    {
        var zip = Zip(streamed: true, CompressionLevel.Optimal, ("a", [1, 2, 3]));
        using var arriving = new DownloadingArchive(long.MaxValue);

        Pass(arriving, zip, 0, zip.Length);

        Assert.Empty(await arriving.CompleteAsync(zip.Length + 1));
    }

    [Fact]
    public async Task Stops_at_an_entry_that_cannot_be_read_forwards()
    {
        var zip = Zip(streamed: false, CompressionLevel.Optimal, ("a", [1, 2, 3]), ("b", [4, 5, 6]));
        var second = (int)ZipDirectory.Read(new MemoryStream(zip))[1].HeaderOffset;

        foreach (var (place, value) in new[] { (6, (byte)1), (8, (byte)12), (0, (byte)'Q'), (18, (byte)200), (30, (byte)0) })
        {
            var changed = (byte[])zip.Clone();
            changed[second + place] = value;

            var hashes = await ArriveAsync(changed, 100);

            Assert.Equal(place == 30 ? 2 : 1, hashes.Count); // the name does not matter here
        }
    }

    [Fact]
    public async Task Expands_no_more_than_it_may()
    {
        var zip = Zip(streamed: true, CompressionLevel.Optimal, ("a", new byte[600]), ("b", new byte[600]));

        Assert.Single(await ArriveAsync(zip, zip.Length, maximumLength: 1000));
        Assert.Equal(2, (await ArriveAsync(zip, zip.Length, maximumLength: 1200)).Count);
    }

    [Fact]
    public async Task Is_not_confused_by_signatures_in_the_content()
    {
        // A descriptor with a wrong length, in content that is kept as it is, next to the real one.
        var content = MakeNoise(2000);
        BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(1980), 0x08074b50);
        BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(1992), 2000);
        var zip = Zip(streamed: true, CompressionLevel.Optimal, ("a", content));

        var entry = ZipDirectory.Read(new MemoryStream(zip))[0];

        Assert.True((await ArriveAsync(zip, 100))[entry.HeaderOffset].IsOf(entry));
    }

    [Fact]
    public async Task Verifies_only_entries_of_the_directory()
    {
        await using var bench = await ResultBench.StartAsync();
        var output = MakeNoise(1000);
        var zip = Zip(streamed: false, CompressionLevel.NoCompression, ("computed.json", ResultBench.Computed("data.bin")), ("data.bin", output));

        // Read forwards, the archive matches the digest; expanded by its directory, it has less.
        var entry = zip.AsSpan(zip.AsSpan().LastIndexOf("PK\u0001\u0002"u8));
        BinaryPrimitives.WriteUInt32LittleEndian(entry[20..], 900);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[24..], 900);
        var task = await bench.AddAsync(zip, new(SHA256.HashData(output)));

        await bench.FailAsync(task, IExecErrorId.DigestMismatch);
    }

    private static async Task<IReadOnlyDictionary<long, EntryHash>> ArriveAsync(byte[] zip, int piece, long maximumLength = long.MaxValue)
    {
        using var arriving = new DownloadingArchive(maximumLength);
        for (var i = 0; i < zip.Length; i += piece)
            Pass(arriving, zip, i, Math.Min(piece, zip.Length - i));

        return await arriving.CompleteAsync(zip.Length);
    }

    private static void Pass(DownloadingArchive arriving, byte[] zip, int offset, int count)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(WriteBehind.BufferLength);
        zip.AsSpan(offset, count).CopyTo(buffer);
        ArrayPool<byte>.Shared.Return(arriving.Pass(offset, buffer, count));
    }

    private static byte[] Zip(bool streamed, CompressionLevel level, params (string Name, byte[] Content)[] files)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(streamed ? new ForwardOnlyStream(bytes) : bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return bytes.ToArray();
    }

    private static byte[] MakeNoise(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
