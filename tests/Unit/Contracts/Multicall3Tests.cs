using System;
using System.Linq;
using IExec.Tasks.Contracts;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.UnitTests.Contracts;

public sealed class Multicall3Tests
{
    /// <summary>Laid out by hand after the contract ABI specification; the selector is the one mds1/multicall publishes.</summary>
    [Fact]
    public void Writes_aggregate3()
    {
        var target = Address.Parse("0xB2157BF2fAb286b2A4170E3491Ac39770111Da3E");
        var call = Multicall3.Encode([new(target, new byte[] { 0x0f, 0x28, 0xc9, 0x7d }), new(target, ReadOnlyMemory<byte>.Empty)]);

        Assert.Equal(
            "0x82ad56cb" + Words(0x20, 2, 0x40, 0xe0)
            + "000000000000000000000000b2157bf2fab286b2a4170e3491ac39770111da3e" + Words(1, 0x60, 4)
            + "0f28c97d00000000000000000000000000000000000000000000000000000000"
            + "000000000000000000000000b2157bf2fab286b2a4170e3491ac39770111da3e" + Words(1, 0x60, 0),
            Hex.Encode(call));
        Assert.Equal("0x82ad56cb", Hex.Encode(Keccak256.Hash("aggregate3((address,bool,bytes)[])"u8).AsSpan(0, 4)));
        Assert.Equal("0xcA11bde05977b3631167028862bE2a173976CA11", Multicall3.ContractAddress.ToString());
    }

    [Fact]
    public void Reads_successes_and_reverts_in_the_order_of_the_calls()
    {
        var results = new Multicall3Results(Data(0x20, 2, 0x40, 0xa0, 1, 0x40, 1, 0, 0, 0x40, 0), expected: 2);

        Assert.True(results.Read(out var first));
        Assert.Equal(1, first.Length);
        Assert.False(results.Read(out var second));
        Assert.Equal(0, second.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Rejects_another_number_of_results_than_calls(int expected)
    {
        var data = Data(0x20, 2, 0x40, 0xa0, 1, 0x40, 1, 0, 0, 0x40, 0);
        Assert.Throws<AbiFormatException>(() => new Multicall3Results(data, expected));
    }

    [Fact]
    public void Rejects_overlapping_results()
    {
        const int Count = 100;
        var sharing = Data([0x20, Count, .. Enumerable.Repeat<long>(32 * Count, Count), 1, 0x40, 32 * 60, .. new long[60]]);
        Assert.Throws<AbiFormatException>(() =>
        {
            var results = new Multicall3Results(sharing, Count);
            for (var i = 0; i < Count; i++)
                results.Read(out _);
        });
    }

    private static string Words(params long[] words) => string.Concat(words.Select(word => word.ToString("x64")));

    private static byte[] Data(params long[] words) => Convert.FromHexString(Words(words));
}
