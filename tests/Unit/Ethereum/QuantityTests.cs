using System;
using System.Globalization;
using System.Numerics;
using System.Text;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.UnitTests.Ethereum;

public sealed class QuantityTests
{
    [Theory]
    [InlineData("0", "0x0")]
    [InlineData("1", "0x1")]
    [InlineData("255", "0xff")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639935", // 2^256 - 1
        "0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void Writes_and_reads_quantities(string number, string text)
    {
        var value = BigInteger.Parse(number, CultureInfo.InvariantCulture);
        Assert.Equal(text, Quantity.Encode(value));
        Assert.True(Quantity.TryDecode(Encoding.ASCII.GetBytes(text), out var read));
        Assert.Equal(value, read);
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantity.Encode(-1 - value));
    }
}
