using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using IExec.Tasks.Results.Archives;

namespace IExec.Tasks.UnitTests.Results;

public sealed class ZipDirectoryTests
{
    private const string Damaged64 = "its zip64 records are damaged";
    private const string Misplaced = "its directory is not where it should be";

    // Fields of the record at the end, from its beginning.
    private const int Entries = 10;
    private const int Length = 12;
    private const int Offset = 16;
    private const int EndLength = 22;
    private const int LocatorLength = 20;

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    [InlineData(0, false)]
    public void Bounds_names(int length, bool isRead)
    {
        var zip = Zip(new string('a', Math.Max(length, 1)));
        if (length == 0)
            zip[zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + 28] = 0;

        if (isRead)
            Assert.Equal(length, Assert.Single(Read(zip)).Name.Length);
        else
            Assert.Equal("its directory is damaged", Message(zip));
    }

    [Fact]
    public void Finds_the_end_record_before_the_longest_comment_and_not_before_a_longer_one()
    {
        var zip = Zip("a", comment: ushort.MaxValue);
        Assert.Single(Read(zip));
        Assert.Equal("it is not a zip archive", Message([.. zip, 0]));
        Assert.Equal("it is not a zip archive", Message(zip[..^1]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Finds_an_archive_with_bytes_before_and_after_it(bool isZip64)
    {
        var zip = isZip64 ? Zip64(entries: 0) : ResultBench.Zip(("a", [1]), ("b", [2]));
        var expected = Read(zip);

        var found = Read([.. new byte[100], .. zip, .. new byte[1000]]);

        Assert.Equal(expected.Select(entry => entry with { HeaderOffset = entry.HeaderOffset + 100 }), found);
        Assert.Equal(expected, Read([.. zip, 0]));
        Assert.Equal("it is not a zip archive", Message([.. zip, .. new byte[ushort.MaxValue + 1]]));
    }

    [Theory]
    [InlineData(Entries, 1, "its directory is damaged")] // one more than there are
    [InlineData(Length, 1, Misplaced)] // one byte into the record at the end
    [InlineData(Length, -1, "its directory is damaged")]
    [InlineData(Offset, 1, Misplaced)]
    [InlineData(Offset, -1, "its directory is damaged")]
    public void Rejects_a_directory_that_does_not_fit_the_file(int field, int change, string reason)
    {
        var zip = Zip("a");
        zip[zip.Length - EndLength + field] = (byte)(zip[zip.Length - EndLength + field] + change);

        Assert.Equal(reason, Message(zip));
    }

    [Fact]
    public void Rejects_more_entries_than_it_would_hold()
    {
        var zip = Zip64(entries: 200_001);
        Assert.Equal("it has too many entries (200001)", Message(zip));
        Assert.Equal("its directory is damaged", Message(Zip64(entries: 200_000)));
        Assert.Equal(Misplaced, Message(Zip64(entries: -1)));
    }

    [Fact]
    public void Skips_what_entries_carry_beside_their_names()
    {
        var entries = Read(Zip(Entry("a", extra: 5, comment: 300), Entry("b", extra: 0, comment: 1), Entry("c/")));

        Assert.Equal(["a", "b", "c/"], entries.Select(entry => entry.Name));
        Assert.Equal([false, false, true], entries.Select(entry => entry.IsFolder));
        Assert.True(new ArchiveEntry("c\\", 0, 0, 0, false, 0).IsFolder);
    }

    [Fact]
    public void Reads_modes_only_of_archives_made_on_Unix()
    {
        var (onUnix, elsewhere) = (Entry("a"), Entry("b"));
        onUnix[5] = 3;
        BinaryPrimitives.WriteUInt32LittleEndian(onUnix.AsSpan(38), 0xA1FF_0000);
        BinaryPrimitives.WriteUInt32LittleEndian(elsewhere.AsSpan(38), 0xA1FF_0000);

        Assert.Equal([0xA1FF, 0], Read(Zip(onUnix, elsewhere)).Select(entry => entry.UnixMode));
    }

    [Theory]
    [InlineData(1L << 44, 1L << 44, true)]
    [InlineData((1L << 44) + 1, 1, false)]
    [InlineData(1, (1L << 44) + 1, false)]
    public void Accepts_entries_of_up_to_16_TiB(long length, long packed, bool isTaken)
    {
        var entry = Entry("a", extra: 20);
        BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(20), uint.MaxValue);
        BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(24), uint.MaxValue);
        Field(1, Wide(length, packed)).CopyTo(entry, 47);
        if (isTaken)
            Assert.Equal((length, packed), (Read(Zip(entry))[0].Length, Read(Zip(entry))[0].PackedLength));
        else
            Assert.Equal("its entry 'a' has an impossible length or place", Message(Zip(entry)));
    }

    [Theory]
    [InlineData(0, 1)] // no locator
    [InlineData(8, 1)] // a record that would end in the locator
    [InlineData(15, 0x80)] // a record before the beginning
    public void Rejects_a_zip64_record_that_does_not_fit_the_file(int field, byte change)
    {
        var zip = Zip64(entries: 0);
        Assert.Empty(Read(zip));
        zip[zip.Length - EndLength - LocatorLength + field] ^= change;
        Assert.Equal(Damaged64, Message(zip));
    }

    [Fact]
    public void Reads_only_the_zip64_numbers_that_are_needed()
    {
        Assert.Equal((1L, 2L, 3L), Widen(uint.MaxValue, uint.MaxValue, uint.MaxValue, Field(9, new byte[5]), Field(1, Wide(1, 2, 3))));
        Assert.Equal((1L, 7L, 2L), Widen(uint.MaxValue, 7, uint.MaxValue, Field(1, Wide(1, 2))));
        Assert.Equal((6L, 7L, 8L), Widen(6, 7, 8, Field(1, Wide(1, 2, 3))));
        Assert.Equal((uint.MaxValue, 7L, 8L), Widen(uint.MaxValue, 7, 8, Field(2, Wide(1))));
        Assert.Equal((uint.MaxValue, 7L, 8L), Widen(uint.MaxValue, 7, 8, Field(1, Wide(1))[..^1])); // longer than there is room for
        Assert.Equal((0L, long.MaxValue, 8L), Widen(uint.MaxValue, uint.MaxValue, 8, Field(1, Wide(0, long.MaxValue))));
    }

    [Fact]
    public void Rejects_zip64_numbers_that_are_truncated_or_negative()
    {
        Assert.Equal(Damaged64, Assert.Throws<InvalidDataException>(() => Widen(uint.MaxValue, 7, 8, Field(1, new byte[7]))).Message);
        Assert.Equal(Damaged64, Assert.Throws<InvalidDataException>(() => Widen(uint.MaxValue, 7, uint.MaxValue, Field(1, Wide(1)))).Message);
        Assert.Equal(Damaged64, Assert.Throws<InvalidDataException>(() => Widen(7, 8, uint.MaxValue, Field(1, Wide(-1)))).Message);
        Assert.Equal(Damaged64, Assert.Throws<InvalidDataException>(() => Widen(uint.MaxValue, 7, 8, Field(1, []))).Message);
    }

    private static byte[] Wide(params long[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private static byte[] Field(ushort id, byte[] data) => [.. BitConverter.GetBytes(id), .. BitConverter.GetBytes((ushort)data.Length), .. data];

    private static (long Length, long Packed, long Offset) Widen(long length, long packed, long offset, params byte[][] extra)
    {
        ZipDirectory.Widen([.. extra.SelectMany(field => field)], ref length, ref packed, ref offset);
        return (length, packed, offset);
    }

    private static byte[] Zip(string name, int comment = 0)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.Comment = new string('c', comment);
            archive.CreateEntry(name);
        }

        return bytes.ToArray();
    }

    /// <summary>An entry of a directory, of no length.</summary>
    private static byte[] Entry(string name, ushort extra = 0, ushort comment = 0)
    {
        var entry = new byte[46 + name.Length + extra + comment];
        BinaryPrimitives.WriteUInt32LittleEndian(entry, 0x02014b50);
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(28), (ushort)name.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(30), extra);
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(32), comment);
        Encoding.ASCII.GetBytes(name).CopyTo(entry, 46);
        return entry;
    }

    /// <summary>A directory of these entries, and nothing before it.</summary>
    private static byte[] Zip(params byte[][] entries)
    {
        var end = new byte[EndLength];
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054b50);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(Entries), (ushort)entries.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(Length), (uint)entries.Sum(entry => entry.Length));
        return [.. entries.SelectMany(entry => entry), .. end];
    }

    /// <summary>An archive without any entry that says to have some.</summary>
    private static byte[] Zip64(long entries)
    {
        var end64 = new byte[56];
        BinaryPrimitives.WriteUInt32LittleEndian(end64, 0x06064b50);
        BinaryPrimitives.WriteInt64LittleEndian(end64.AsSpan(32), entries);
        var locator = new byte[LocatorLength];
        BinaryPrimitives.WriteUInt32LittleEndian(locator, 0x07064b50);
        var end = new byte[EndLength];
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054b50);
        end.AsSpan(Entries, 2).Fill(0xff);
        return [.. end64, .. locator, .. end];
    }

    private static string Message(byte[] zip) => Assert.Throws<InvalidDataException>(() => Read(zip)).Message;

    private static List<ArchiveEntry> Read(byte[] zip)
    {
        using var stream = new MemoryStream(zip);
        return ZipDirectory.Read(stream);
    }
}
