using System;
using CsCheck;
using IExec.Tasks.Results.Ipfs;

namespace IExec.Tasks.UnitTests.Results;

public sealed class VarintTests
{
    [Theory]
    [InlineData(0UL, "00")]
    [InlineData(1UL, "01")]
    [InlineData(127UL, "7F")]
    [InlineData(128UL, "8001")]
    [InlineData(255UL, "FF01")]
    [InlineData(300UL, "AC02")]
    [InlineData(16384UL, "808001")]
    public void Writes_and_reads_the_examples_of_the_specification(ulong value, string hex)
    {
        var bytes = new byte[Varint.MaximumLength];

        Assert.Equal(hex, Convert.ToHexString(bytes, 0, Varint.Write(bytes, value)));
        Assert.True(Varint.TryReadMinimal(bytes, out var read, out var length));
        Assert.Equal((value, hex.Length / 2), (read, length));
    }

    [Fact]
    public void Reads_back_whatever_it_writes() =>
        Gen.ULong.Sample(value =>
        {
            var bytes = new byte[Varint.MaximumLength];
            var written = Varint.Write(bytes, value);
            return written == Varint.LengthOf(value) && Varint.TryRead(bytes.AsSpan(0, written), out var read, out var length) && read == value && length == written;
        });

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFFFF01", ulong.MaxValue)]
    [InlineData("FFFFFFFFFFFFFFFF7F", ulong.MaxValue >> 1)]
    [InlineData("80808080808080808001", 1UL << 63)]
    public void Reads_up_to_64_bits(string hex, ulong value)
    {
        Assert.True(Varint.TryRead(Convert.FromHexString(hex), out var read, out var length));
        Assert.Equal((value, hex.Length / 2), (read, length));
        Assert.Equal(length < Varint.MaximumLength, Varint.TryReadMinimal(Convert.FromHexString(hex), out _, out _)); // 63 bits
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("8080808080808080808000")]
    [InlineData("FFFFFFFFFFFFFFFFFFFF")]
    [InlineData("FFFFFFFFFFFFFFFFFF02")]
    public void Rejects_what_is_cut_off_or_too_large(string hex) => Assert.False(Varint.TryRead(Convert.FromHexString(hex), out _, out _));

    [Theory]
    [InlineData("8000")]
    [InlineData("FF8000")]
    [InlineData("FFFFFFFFFFFFFFFFFF01")]
    public void Rejects_forms_that_are_not_the_shortest_where_required(string hex)
    {
        Assert.True(Varint.TryRead(Convert.FromHexString(hex), out _, out _));
        Assert.False(Varint.TryReadMinimal(Convert.FromHexString(hex), out _, out _));
    }
}
