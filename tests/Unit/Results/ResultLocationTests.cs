using System;
using System.Linq;
using CsCheck;
using IExec.Tasks.Results.Download;

namespace IExec.Tasks.UnitTests.Results;

public sealed class ResultLocationTests
{
    private const string Root = "QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn";
    private const string RootVersion1 = "bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354";

    [Theory]
    [InlineData($"/ipfs/{Root}", $"/ipfs/{Root}")]
    [InlineData($"ipfs/{Root}", $"/ipfs/{Root}")]
    [InlineData(Root, $"/ipfs/{Root}")]
    [InlineData($"/ipfs/{Root}/", $"/ipfs/{Root}")]
    [InlineData($"/ipfs/{RootVersion1}", $"/ipfs/{RootVersion1}")]
    [InlineData("/ipfs/k2jmtxtlhjl3fhmgndf92e48by79ryjuvqp3y2qgehpao6v3lurvnmcv", $"/ipfs/{RootVersion1}")]
    [InlineData($"/ipfs/{Root}/out/result.zip", $"/ipfs/{Root}/out/result.zip")]
    [InlineData($"{Root}/a b/ü.zip", $"/ipfs/{Root}/a b/ü.zip")]
    [InlineData($"ipfs://{Root}", $"/ipfs/{Root}")]
    [InlineData($"ipfs://{RootVersion1}/out/result.zip", $"/ipfs/{RootVersion1}/out/result.zip")]
    [InlineData($"IPFS://{RootVersion1}/", $"/ipfs/{RootVersion1}")]
    public void Reads_IPFS_paths(string location, string canonical) => Assert.Equal(canonical, ResultLocation.Parse(location).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/ipfs")]
    [InlineData("/ipfs/")]
    [InlineData("/ipfs/nonsense")]
    [InlineData($"/ipns/{Root}")]
    [InlineData($"/{Root}")]
    [InlineData($"//ipfs/{Root}")]
    [InlineData($"//evil.example/ipfs/{Root}")]
    [InlineData($"https://evil.example/ipfs/{Root}")]
    [InlineData($"ipfs://")]
    [InlineData($"ipfs:///{Root}")]
    [InlineData($"ipfs:////evil.example/{Root}")]
    [InlineData($"ipfs://https://evil.example/{Root}")]
    [InlineData($"ipfs://ipfs/{Root}")]
    [InlineData($"ipfs://evil.example/ipfs/{Root}")]
    [InlineData($"ipfs:{Root}")]
    [InlineData($"file:///ipfs/{Root}")]
    [InlineData($"/ipfs/{Root}/../x")]
    [InlineData($"/ipfs/{Root}/./x")]
    [InlineData($"/ipfs/{Root}//x")]
    [InlineData($"/ipfs/{Root}/a\\b")]
    [InlineData($"/ipfs/{Root}/a:b")]
    [InlineData($"/ipfs/{Root}/a%2f..")]
    [InlineData($"/ipfs/{Root}?x=1")]
    [InlineData($"/ipfs/{Root}/a?x=1")]
    [InlineData($"/ipfs/{Root}/a#b")]
    [InlineData($"/ipfs/{Root}/a\nb")]
    [InlineData($" /ipfs/{Root}")]
    [InlineData($"/IPFS/{Root}")]
    [InlineData("/results/0xabc")]
    public void Rejects_everything_else(string location)
    {
        var failure = Assert.Throws<IExecException>(() => ResultLocation.Parse(location));

        Assert.Equal(IExecErrorId.ResultLocationInvalid, failure.ErrorId);
        Assert.DoesNotContain(failure.Message, char.IsControl);
    }

    [Theory]
    [InlineData("/ipfs/bafkreih", "it does not name a CID")]
    [InlineData("ipns/k51qzi5uqu5dlvj2baxnqndepeb86cbk3ng7n3i46uzyxzyqj2xjonzllnv0v8", "IPNS")]
    [InlineData("/ipns/docs.ipfs.tech/x.zip", "IPNS")]
    [InlineData("/ipfs/f01551340" + "00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000", "0x13 (sha2-512)")]
    [InlineData("/ipfs/f0155a0e40220" + "0000000000000000000000000000000000000000000000000000000000000000", "0xb220 (blake2b-256)")]
    [InlineData("/ipfs/f01551e20" + "0000000000000000000000000000000000000000000000000000000000000000", "0x1e (blake3)")]
    [InlineData("/ipfs/f015512140000000000000000000000000000000000000000", "holds 20 bytes")]
    [InlineData("/ipfs/f01711220" + "0000000000000000000000000000000000000000000000000000000000000000", "codec 0x71")]
    [InlineData($"/ipfs/{Root}/a%20b", "character '%'")]
    public void Says_what_is_not_supported_without_blaming_the_worker(string location, string reason)
    {
        var failure = Assert.Throws<IExecException>(() => ResultLocation.Parse(location));

        Assert.Equal(IExecErrorId.ResultLocationInvalid, failure.ErrorId);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        if (reason != "it does not name a CID")
            Assert.Contains("IPFS client", failure.RecommendedAction!, StringComparison.Ordinal);
    }

    [Fact]
    public void Rejects_paths_that_are_too_long()
    {
        Assert.Equal(32, ResultLocation.Parse($"/ipfs/{Root}" + string.Concat(Enumerable.Repeat("/a", 32))).Path.Count);
        Assert.Throws<IExecException>(() => ResultLocation.Parse($"/ipfs/{Root}" + string.Concat(Enumerable.Repeat("/a", 33))));
        Assert.Equal(2048, ResultLocation.Parse($"/ipfs/{Root}/".PadRight(2048, 'a')).ToString().Length);
        Assert.Throws<IExecException>(() => ResultLocation.Parse($"/ipfs/{Root}/".PadRight(2049, 'a')));
        Assert.Throws<IExecException>(() => ResultLocation.Parse($"/ipfs/{Root}" + new string('a', 100_000)));
        Assert.Throws<IExecException>(() => ResultLocation.Parse($"/ipfs/{Root}" + string.Concat(Enumerable.Repeat("/a", 40))));
    }

    [Fact]
    public void Throws_only_its_own_exception() => Gen.String.Sample(text =>
    {
        foreach (var location in new[] { text, $"/ipfs/{Root}/{text}", $"/ipfs/{text}" })
        {
            try
            {
                Assert.Equal(ResultLocation.Parse(location).ToString(), ResultLocation.Parse(ResultLocation.Parse(location).ToString()).ToString());
            }
            catch (IExecException e) when (e.ErrorId == IExecErrorId.ResultLocationInvalid)
            {
                // The only exception.
            }
        }
    });
}
