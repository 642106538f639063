using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CsCheck;
using IExec.Tasks.Fakes.Ipfs;
using IExec.Tasks.Results;
using IExec.Tasks.Results.Ipfs;

namespace IExec.Tasks.UnitTests.Results;

public sealed class CarReaderTests
{
    private static readonly Cid Root = Cid.CreateV0(new byte[32]);

    /// <summary>The header that the CARv1 specification prints, with two roots.</summary>
    private const string SpecificationHeader =
        "63a265726f6f747382d82a58250001711220f88bc853804cf294fe417e4fa83028689fcdb1b1592c5102e1474dbc200fab8bd82a5825000171122069ea0740f9807a28f4d932c62e7c1c83be055e55072c90266ab3e79df63a365b6776657273696f6e01";

    [Fact]
    public async Task Reads_the_header_of_the_specification() => Assert.Empty(await ReadAsync(Convert.FromHexString(SpecificationHeader)));

    [Fact]
    [Trait("Category", "Slow")]
    public Task Reads_back_whatever_is_written_in_any_portions() =>
        Gen.Select(Gen.Byte.Array[0, 3000].List[0, 20], Gen.Int[1, 5000]).SampleAsync(async (blocks, portion) =>
        {
            var sections = blocks.ConvertAll(block => (Cid.CreateV1(Cid.Raw, new byte[32]), block));

            var read = await ReadAsync(CarWriter.Write(Root, sections), portion);

            Assert.Equal(blocks, read);
        });

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(65_536)]
    [InlineData(10_007)]
    [Trait("Category", "Slow")]
    public async Task Reads_more_than_its_buffer_holds(int portion)
    {
        var blocks = Enumerable.Range(0, 60).Select(i => Enumerable.Repeat((byte)i, 20_000 + (i * 1009)).ToArray()).ToList();

        Assert.Equal(blocks, await ReadAsync(CarWriter.Write(Root, blocks.ConvertAll(block => (Root, block))), portion));
    }

    [Fact]
    public async Task Reads_the_largest_block()
    {
        var block = new byte[UnixFsNode.MaximumBlockLength];

        Assert.Equal(block, Assert.Single(await ReadAsync(CarWriter.Write(Root, [(Root, block)]))));
    }

    [Theory]
    [InlineData("", "the CAR is empty")]
    [InlineData("00", "a section of the CAR has an impossible length")]
    [InlineData("8000", "a section of the CAR has a malformed length")]
    [InlineData("ffffffff7f", "a section of the CAR has an impossible length")]
    [InlineData("0aa16776657273696f6e02", "the CAR is not of version 1")] // CARv2's pragma
    [InlineData("03a10203", "the CAR has a malformed header")]
    [InlineData("0101", "the CAR has a malformed header")]
    public async Task Says_what_is_wrong_with_a_header(string hex, string reason)
    {
        var bytes = Convert.FromHexString(hex);
        if (hex == "8000")
            bytes = [.. bytes, .. new byte[20]];

        Assert.Equal(reason, (await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(bytes))).Message);
    }

    [Fact]
    public async Task Says_that_a_section_is_too_long()
    {
        var car = CarWriter.Write(Root, [(Root, new byte[UnixFsNode.MaximumBlockLength + 1000])]);

        Assert.Equal("a section of the CAR has an impossible length", (await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(car))).Message);
    }

    [Theory]
    [InlineData(64 * 1024, "the CAR has a malformed header")]
    [InlineData((64 * 1024) + 1, "a section of the CAR has an impossible length")]
    public async Task Accepts_headers_of_up_to_64_KiB(int length, string reason)
    {
        var prefix = new byte[Varint.MaximumLength];
        byte[] car = [.. prefix.AsSpan(0, Varint.Write(prefix, (ulong)length)), .. new byte[length]];

        Assert.Equal(reason, (await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(car))).Message);
    }

    [Fact]
    public async Task Rejects_a_block_whose_name_cannot_be_verified()
    {
        byte[] car = [.. CarWriter.Header(Root), 3, 1, 0x55, 0x13];

        Assert.Equal("the CAR holds a CID that cannot be verified", (await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(car))).Message);
    }

    [Fact]
    public async Task Distinguishes_a_truncated_CAR_from_its_end()
    {
        var car = CarWriter.Write(Root, [(Root, new byte[100])]);
        for (var length = CarWriter.Header(Root).Length + 1; length < car.Length; length++)
            await Assert.ThrowsAsync<EndOfStreamException>(() => ReadAsync(car[..length]));
    }

    [Fact]
    public Task Fails_in_two_ways_only() => Gen.Select(Gen.Byte.Array[0, 300], Gen.Bool).SampleAsync(async (bytes, hasHeader) =>
    {
        try
        {
            await ReadAsync(hasHeader ? [.. CarWriter.Header(Root), .. bytes] : bytes);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            // Malformed, or cut off.
        }
    });

    private static async Task<List<byte[]>> ReadAsync(byte[] car, int portion = int.MaxValue)
    {
        using var body = new PacedReader(new PortionedStream(car, portion), TimeSpan.FromMinutes(1), CancellationToken.None);
        using var reader = new CarReader(body);
        await reader.ReadHeaderAsync();
        var blocks = new List<byte[]>();
        while (await reader.ReadSectionAsync() is { } section)
            blocks.Add(section.Block.ToArray());
        return blocks;
    }

    private sealed class PortionedStream(byte[] bytes, int portion) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, portion)], cancellationToken);
    }
}
