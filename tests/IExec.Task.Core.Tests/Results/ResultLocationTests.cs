using System.Linq;
using CsCheck;
using IExec.Tasks.Results;

namespace IExec.Tasks.CoreTests.Results;

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
    [InlineData($"ipfs://{Root}")]
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
    public void Refuses_everything_else(string location)
    {
        var failure = Assert.Throws<IExecException>(() => ResultLocation.Parse(location));

        Assert.Equal(IExecErrorId.ResultLocationInvalid, failure.ErrorId);
        Assert.DoesNotContain(failure.Message, char.IsControl);
    }

    [Fact]
    public void Refuses_endless_paths()
    {
        Assert.Equal(32, ResultLocation.Parse($"/ipfs/{Root}" + string.Concat(Enumerable.Repeat("/a", 32))).Path.Count);
        Assert.Throws<IExecException>(() => ResultLocation.Parse($"/ipfs/{Root}" + string.Concat(Enumerable.Repeat("/a", 33))));
        Assert.Equal(2048, ResultLocation.Parse($"/ipfs/{Root}/".PadRight(2048, 'a')).ToString().Length);
        Assert.Throws<IExecException>(() => ResultLocation.Parse($"/ipfs/{Root}/".PadRight(2049, 'a')));
        Assert.Throws<IExecException>(() => ResultLocation.Parse($"/ipfs/{Root}" + new string('a', 100_000)));
        Assert.Throws<IExecException>(() => ResultLocation.Parse($"/ipfs/{Root}" + string.Concat(Enumerable.Repeat("/a", 40))));
    }

    [Fact]
    public void Fails_in_one_way_only() => Gen.String.Sample(text =>
    {
        foreach (var location in new[] { text, $"/ipfs/{Root}/{text}", $"/ipfs/{text}" })
        {
            try
            {
                Assert.Equal(ResultLocation.Parse(location).ToString(), ResultLocation.Parse(ResultLocation.Parse(location).ToString()).ToString());
            }
            catch (IExecException e) when (e.ErrorId == IExecErrorId.ResultLocationInvalid)
            {
                // The one way.
            }
        }
    });
}
