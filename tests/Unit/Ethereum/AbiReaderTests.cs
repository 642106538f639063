using System;
using System.Linq;
using System.Numerics;
using CsCheck;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.UnitTests.Ethereum;

public sealed class AbiReaderTests
{
    private const string Zeros = "0000000000000000000000000000000000000000000000000000000000000000";
    private const string Ones = "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";

    [Fact]
    public void Reads_a_completed_task()
    {
        var task = new AbiReader(VectorFile.Bytes("abi", "viewTask_return_completed")).ReadTuple();
        Assert.Equal(3, task.ReadUInt8());
        Assert.Equal(VectorFile.Text("dealId"), task.ReadBytes32().ToString());
        Assert.Equal(0UL, task.ReadUInt64());
        Assert.Equal(300UL, task.ReadUInt64());
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(0x6553f934), task.ReadUnixTime());
        task.Skip(2);
        Assert.Equal("0xa66904897001ea4628813a983b9984dddd8fa59c7c64ea2343bd7645e0d3f881", task.ReadBytes32().ToString());
        Assert.Equal(BigInteger.One, task.ReadUInt256());
        Assert.Equal(BigInteger.One, task.ReadUInt256());
        Assert.Equal([Address.Parse("0x70997970C51812dc3A010C7d01b50e0d17dc79C8")], task.ReadAddresses());
        Assert.Equal("0xb94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9", task.ReadBytes32().ToString());
        Assert.Equal("""{ "storage": "ipfs", "location": "/ipfs/QmW2WQi7j6c7UgJTarActp7tDNikE4B2qXtCdfLPdgaQTQ" }""".Length, task.ReadBytes().Length);
        Assert.Equal(0UL, task.ReadUInt64());
        Assert.True(task.ReadBytes().IsEmpty);
    }

    [Fact]
    public void Reads_strings_in_a_tuple()
    {
        var category = new AbiReader(VectorFile.Bytes("abi", "viewCategory_return")).ReadTuple();
        Assert.Equal("XS", category.ReadString());
        Assert.Equal("", category.ReadString());
        Assert.Equal(300UL, category.ReadUInt64());
    }

    [Fact]
    public void Rejects_data_that_ends_too_early()
    {
        Rejects("", reader => reader.ReadBytes32());
        Rejects(Zeros[2..], reader => reader.ReadBytes32());
        Rejects(Zeros, reader => reader.Skip(2));
        Rejects(Word(0x20), reader => reader.ReadBytes());
        Rejects(Word(0x20) + Word(1), reader => reader.ReadBytes());
    }

    [Fact]
    public void Rejects_offsets_past_the_end_of_the_data()
    {
        Rejects(Word(0x21), reader => reader.ReadTuple());
        Rejects(Ones, reader => reader.ReadTuple());
        Rejects(Ones, reader => reader.ReadBytes());
        Rejects(Word(long.MaxValue), reader => reader.ReadString());
        Rejects("0000000000000000000000000000000000000000000000010000000000000020" + Word(0), reader => reader.ReadBytes());
    }

    [Fact]
    public void Rejects_lengths_past_the_end_of_the_data_before_it_allocates()
    {
        Rejects(Word(0x20) + Word(33) + Zeros, reader => reader.ReadBytes());
        Rejects(Word(0x20) + Ones + Zeros, reader => reader.ReadBytes());
        Rejects(Word(0x20) + Word(2) + Zeros, reader => reader.ReadAddresses());
        Rejects(Word(0x20) + Word(0x0800_0000_0000_0001) + Zeros, reader => reader.ReadAddresses());
        Rejects(Word(0x20) + Ones + Zeros, reader => reader.ReadArray(3, out _));
    }

    [Fact]
    public void Reads_an_array_that_fills_the_data_to_its_last_word_and_none_that_needs_more()
    {
        Assert.Equal([default(Address)], Reader(Word(0x20) + Word(1) + Zeros).ReadAddresses());
        Reader(Word(0x20) + Word(1) + Zeros + Zeros + Zeros).ReadArray(3, out var count);
        Assert.Equal(1, count);
        Rejects(Word(0x20) + Word(1) + Zeros + Zeros, reader => reader.ReadArray(3, out _));
    }

    [Fact]
    public void Terminates_on_offsets_that_point_at_themselves()
    {
        var self = Word(0) + Word(0);
        Assert.True(Reader(self).ReadBytes().IsEmpty);
        Assert.Empty(Reader(self).ReadAddresses());
        Assert.True(Reader(self).ReadTuple().ReadTuple().ReadTuple().ReadBytes().IsEmpty);
    }

    [Fact]
    public void Rejects_bits_outside_the_type()
    {
        Rejects(Word(2), reader => reader.ReadBoolean());
        Rejects(Word(256), reader => reader.ReadUInt8());
        Rejects("0100000000000000000000000000000000000000000000000000000000000001", reader => reader.ReadBoolean());
        Rejects("0100000000000000000000000000000000000000000000000000000000000001", reader => reader.ReadUInt8());
        Rejects("0000000000000000000000000000000000000000000000010000000000000000", reader => reader.ReadUInt64());
        Rejects("0000000000000000000000010000000000000000000000000000000000000000", reader => reader.ReadAddress());
        Rejects(Ones, reader => reader.ReadAddress());
    }

    [Fact]
    public void Rejects_times_that_no_calendar_has()
    {
        Assert.Equal(DateTimeOffset.UnixEpoch, Reader(Zeros).ReadUnixTime());
        Assert.Equal(9999, Reader(Word(253_402_300_799)).ReadUnixTime().Year);
        Rejects(Word(253_402_300_800), reader => reader.ReadUnixTime());
        Rejects(Ones, reader => reader.ReadUnixTime());
    }

    [Fact]
    public void Rejects_counts_and_durations_out_of_range()
    {
        Assert.Equal(TimeSpan.FromMinutes(5), Reader(Word(300)).ReadDuration());
        Assert.Equal(922_337_203_685, Reader(Word(922_337_203_685)).ReadDuration().TotalSeconds);
        Rejects(Word(922_337_203_686), reader => reader.ReadDuration());
        Assert.Equal(long.MaxValue, Reader(Word(long.MaxValue)).ReadCount());
        Rejects("0000000000000000000000000000000000000000000000008000000000000000", reader => reader.ReadCount());
    }

    [Fact]
    public void Reads_the_whole_range_of_uint256()
    {
        Assert.Equal((BigInteger.One << 256) - 1, Reader(Ones).ReadUInt256());
        Assert.Equal(ulong.MaxValue, Reader("000000000000000000000000000000000000000000000000ffffffffffffffff").ReadUInt256());
    }

    [Fact]
    public void Rejects_text_that_is_not_UTF_8() =>
        Rejects(Word(0x20) + Word(1) + "ff" + Zeros[2..], reader => reader.ReadString());

    [Fact]
    public void Survives_every_truncation_of_a_task()
    {
        var whole = VectorFile.Bytes("abi", "viewTask_return_completed");
        for (var length = 0; length < whole.Length; length++)
            ReadTask(whole.AsSpan(0, length));
    }

    [Fact]
    public void Survives_every_mutation_of_a_task_without_allocating_more_than_the_data_backs()
    {
        var whole = VectorFile.Bytes("abi", "viewTask_return_completed");
        ReadTask(whole);
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte).List[1, 8].Sample(
            changes =>
            {
                var data = whole.ToArray();
                foreach (var (index, value) in changes)
                    data[index] = value;
                var before = GC.GetAllocatedBytesForCurrentThread();
                ReadTask(data);
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 * 1024);
            },
            iter: 20_000);
    }

    private static string Word(long value) => value.ToString("x64");

    private static AbiReader Reader(string hex) => new(Convert.FromHexString(hex));

    private static void ReadTask(ReadOnlySpan<byte> data)
    {
        try
        {
            var task = new AbiReader(data).ReadTuple();
            task.ReadUInt8();
            task.ReadBytes32();
            task.ReadUInt256();
            task.ReadUInt64();
            for (var i = 0; i < 3; i++)
                task.ReadUnixTime();
            task.ReadBytes32();
            task.Skip(2);
            task.ReadAddresses();
            task.ReadBytes32();
            task.ReadString();
            task.Skip(1);
            task.ReadBytes();
        }
        catch (AbiFormatException)
        {
            // The documented outcome for data that is not a task; any other exception fails the test.
        }
    }

    private delegate void Reading(AbiReader reader);

    private static void Rejects(string hex, Reading read)
    {
        Exception? exception = null;
        try
        {
            read(Reader(hex));
        }
        catch (AbiFormatException thrown)
        {
            exception = thrown;
        }

        Assert.NotNull(exception);
    }
}
