using System;
using IExec.Tasks.Diagnostics;

namespace IExec.Tasks.UnitTests.Diagnostics;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("https://arb1.arbitrum.io/rpc", "https://arb1.arbitrum.io/rpc")]
    [InlineData("https://bellecour.iex.ec", "https://bellecour.iex.ec")]
    [InlineData("http://127.0.0.1:8545/", "http://127.0.0.1:8545")]
    [InlineData("http://[::1]:8545/", "http://[::1]:8545")]
    [InlineData("https://arbitrum-mainnet.infura.io/v3/0123456789abcdef0123456789abcdef", "https://arbitrum-mainnet.infura.io/v3/…")]
    [InlineData("https://name.quiknode.pro/0123456789abcdef0123456789abcdef/", "https://name.quiknode.pro/…")]
    [InlineData("https://user:secret@node.example:8545/rpc", "https://node.example:8545/rpc")]
    [InlineData("https://node.example/rpc?apikey=secret", "https://node.example/rpc/…")]
    [InlineData("https://node.example?apikey=secret", "https://node.example/…")]
    public void Shows_where_without_showing_keys(string url, string shown) => Assert.Equal(shown, Redaction.Url(new Uri(url)));

    [Fact]
    public void Shows_control_characters_in_untrusted_text_as_symbols() =>
        Assert.Equal("all␛[31mred ␇and \uFFFDmore", Redaction.Untrusted("all\u001b[31mred\r\n\u0007and\t\u202Emore"));

    [Fact]
    public void Cuts_untrusted_text() => Assert.Equal(new string('a', 300) + "…", Redaction.Untrusted(new string('a', 1_000_000)));
}
