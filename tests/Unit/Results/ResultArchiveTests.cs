using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using CsCheck;
using IExec.Tasks.Results.Archives;

namespace IExec.Tasks.UnitTests.Results;

public sealed class ResultArchiveTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Reads_what_the_framework_writes() =>
        Gen.Select(Gen.String[Gen.Char["abcé/"], 1, 12].Where(name => !name.EndsWith('/')), Gen.Byte.Array[0, 300]).List[0, 12].Sample(
            files =>
            {
                var distinct = files.DistinctBy(file => file.Item1).Select(file => (Name: file.Item1, Content: file.Item2)).ToArray();
                using var archive = Open(ResultBench.Zip(distinct));
                return archive.Entries.Select(entry => entry.Name).SequenceEqual(distinct.Select(file => file.Name))
                    && archive.Entries.Zip(distinct).All(pair => ReadAll(archive, pair.First).AsSpan().SequenceEqual(pair.Second.Content));
            },
            iter: 200,
            threads: 1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_stored_and_streamed_entries(bool streamed)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(streamed ? new ForwardOnlyStream(bytes) : bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using (var entry = archive.CreateEntry("stored", CompressionLevel.NoCompression).Open())
                entry.Write("hello"u8);
            using (var entry = archive.CreateEntry("deflated").Open())
                entry.Write(new byte[10_000]);
        }

        using var opened = Open(bytes.ToArray());

        Assert.Equal("hello", Encoding.UTF8.GetString(ReadAll(opened, opened.Find("stored")!)));
        Assert.Equal(new byte[10_000], ReadAll(opened, opened.Find("deflated")!));
    }

    [Fact]
    public void Reads_zip64()
    {
        var zip = Zip64("a.txt", "hello"u8.ToArray());

        using var archive = Open(zip);

        Assert.Equal("hello", Encoding.UTF8.GetString(ReadAll(archive, Assert.Single(archive.Entries))));
    }

    [Fact]
    public void Reads_an_archive_with_a_comment()
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.Comment = new string('c', 1000);
            archive.CreateEntry("a");
        }

        using var opened = Open(bytes.ToArray());

        Assert.Single(opened.Entries);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("PK\u0005\u0006")]
    public void Says_that_a_file_is_no_archive(string content) =>
        Assert.Equal("it is not a zip archive", Assert.Throws<InvalidDataException>(() => Open(Encoding.Latin1.GetBytes(content))).Message);

    [Fact]
    public void Rejects_two_entries_of_one_name()
    {
        var zip = ResultBench.Zip(("same", [1]), ("same", [2]));

        Assert.Equal("it has two entries named 'same'", Assert.Throws<InvalidDataException>(() => Open(zip)).Message);
    }

    [Theory]
    [InlineData(8, 1, "is encrypted with a zip password")]
    [InlineData(10, 99, "is compressed in an unusual way (99)")]
    public void Rejects_what_it_cannot_expand(int field, byte value, string reason)
    {
        var zip = ResultBench.Zip(("a", [1]));
        zip[DirectoryOf(zip) + field] = value;

        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => Open(zip)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20)] // packed length
    [InlineData(24)] // length
    [InlineData(42)] // offset
    public void Never_returns_a_length_other_than_the_directorys(int field)
    {
        var zip = ResultBench.Zip(("a", new byte[1000]), ("b", [1]));
        zip[DirectoryOf(zip) + field] ^= 5;
        using var archive = Open(zip);

        Assert.Throws<InvalidDataException>(() => ReadAll(archive, archive.Entries[0]));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Survives_any_damage()
    {
        var zip = ResultBench.Zip(("computed.json", ResultBench.Computed("out")), ("out/a", new byte[2000]), ("out/b", [1, 2, 3]));
        Gen.Select(Gen.Int[0, zip.Length - 1], Gen.Byte, Gen.Int[0, zip.Length]).Sample(
            (position, value, length) =>
            {
                var damaged = zip[..length];
                if (position < length)
                    damaged[position] ^= value;
                try
                {
                    using var archive = Open(damaged);
                    foreach (var entry in archive.Entries)
                        ReadAll(archive, entry);
                }
                catch (InvalidDataException)
                {
                    // The only exception.
                }
            },
            iter: 3000,
            threads: 1);
    }

    [Fact]
    public void Recognises_symbolic_links_made_on_Unix()
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("link").ExternalAttributes = Convert.ToInt32("120777", 8) << 16;
            archive.CreateEntry("file").ExternalAttributes = Convert.ToInt32("100644", 8) << 16;
            archive.CreateEntry("device").ExternalAttributes = Convert.ToInt32("020644", 8) << 16;
            archive.CreateEntry("plain");
        }

        var zip = bytes.ToArray();
        MarkAsUnix(zip);
        using var opened = Open(zip);

        Assert.Equal([true, false, true, false], opened.Entries.Select(entry => entry.IsSpecial));
    }

    internal static void MarkAsUnix(byte[] zip)
    {
        for (var i = 0; i < zip.Length - 46; i++)
        {
            if (zip.AsSpan(i, 4).SequenceEqual("PK\u0001\u0002"u8))
                zip[i + 5] = 3;
        }
    }

    private static int DirectoryOf(byte[] zip) => zip.AsSpan().IndexOf("PK\u0001\u0002"u8);

    private static byte[] ReadAll(ResultArchive archive, ArchiveEntry entry)
    {
        using var stream = archive.OpenEntry(entry);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    /// <summary>A stored entry whose lengths and places are all in zip64 records.</summary>
    private static byte[] Zip64(string name, byte[] content)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        void Write(params IEnumerable<object> values)
        {
            foreach (var value in values)
            {
                switch (value)
                {
                    case ushort number: writer.Write(number); break;
                    case uint number: writer.Write(number); break;
                    case long number: writer.Write(number); break;
                    case byte[] raw: writer.Write(raw); break;
                }
            }
        }

        var raw = Encoding.ASCII.GetBytes(name);
        long length = content.Length;
        Write(0x04034b50u, (ushort)45, (ushort)0, (ushort)0, 0u, 0u, (uint)length, (uint)length, (ushort)raw.Length, (ushort)0, raw, content);
        var directory = bytes.Position;
        Write(0x02014b50u, (ushort)45, (ushort)45, (ushort)0, (ushort)0, 0u, 0u, uint.MaxValue, uint.MaxValue, (ushort)raw.Length, (ushort)28, (ushort)0, (ushort)0, (ushort)0, 0u, uint.MaxValue, raw);
        Write((ushort)1, (ushort)24, length, length, 0L);
        var end64 = bytes.Position;
        Write(0x06064b50u, 44L, (ushort)45, (ushort)45, 0u, 0u, 1L, 1L, end64 - directory, directory);
        Write(0x07064b50u, 0u, end64, 1u);
        Write(0x06054b50u, (ushort)0, (ushort)0, ushort.MaxValue, ushort.MaxValue, uint.MaxValue, uint.MaxValue, (ushort)0);
        return bytes.ToArray();
    }

    private ResultArchive Open(byte[] zip)
    {
        File.WriteAllBytes(_path, zip);
        return ResultArchive.Open(_path);
    }
}
