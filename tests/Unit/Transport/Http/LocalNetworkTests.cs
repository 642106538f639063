using System;
using System.Net;
using System.Threading.Tasks;
using CsCheck;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.UnitTests.Transport.Http;

public sealed class LocalNetworkTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.255.255.255")]
    [InlineData("100.64.0.1")]
    [InlineData("127.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("198.19.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::192.168.0.1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("fc00::1")]
    [InlineData("fdff::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void Recognises_addresses_that_are_not_public(string address) => Assert.True(LocalNetwork.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("128.0.0.1")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.167.255.255")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("64:ff9b::1.1.1.1")]
    [InlineData("2002:101:101::")]
    [InlineData("2606:4700:4700::1111")]
    public void Recognises_public_addresses(string address) => Assert.False(LocalNetwork.Contains(IPAddress.Parse(address)));

    [Fact]
    public void Classifies_an_IPv4_address_alike_in_every_IPv6_form() => Gen.Byte.Array[4].Sample(bytes =>
    {
        var address = new IPAddress(bytes);
        var expected = LocalNetwork.Contains(address);
        return LocalNetwork.Contains(address.MapToIPv6()) == expected
            && LocalNetwork.Contains(IPAddress.Parse($"64:ff9b::{address}")) == expected
            && LocalNetwork.Contains(IPAddress.Parse($"2002:{bytes[0]:x2}{bytes[1]:x2}:{bytes[2]:x2}{bytes[3]:x2}::1")) == expected;
    });

    [Fact]
    public async Task A_host_without_an_address_is_not_local() =>
        Assert.False(await LocalNetwork.ContainsAsync(new Uri("http://no-such-host.invalid/"), TimeSpan.FromSeconds(20), default));
}
