using System;
using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.UnitTests.Peers;

[Trait("Category", "Slow")]
public sealed class KeccakPeerTests
{
    /// <summary>The known answers of Keccak's own authors (KeccakKAT-3), those of whole bytes; the npm package sha3 brings them.</summary>
    [Fact]
    public async Task Matches_the_known_answers_of_its_authors()
    {
        var lines = (await PeerVectors.LinesAsync("sha3", "test/data/ShortMsgKAT_256.txt")).Where(line => line.Contains(" = ", StringComparison.Ordinal)).Select(line => line.Split(" = ")[1]);
        var answers = lines.Chunk(3).Select(answer => (Bits: int.Parse(answer[0], System.Globalization.CultureInfo.InvariantCulture), Message: Convert.FromHexString(answer[1]), Digest: answer[2]));
        var whole = answers.Where(answer => answer.Bits % 8 == 0).ToList();

        Assert.Equal(256, whole.Count);
        Assert.All(whole, answer => Assert.Equal(answer.Digest, Convert.ToHexString(Keccak256.Hash(answer.Message.AsSpan(0, answer.Bits / 8)))));
    }

    [Fact]
    public async Task Hashes_as_ethers_does()
    {
        var vectors = await PeerVectors.EthersAsync("hashes");

        Assert.Equal(516, vectors.Length);
        Assert.All(vectors, vector => Assert.Equal(vector.Text("keccak256"), Hex.Encode(Keccak256.Hash(Hex.Decode(vector.Text("data"))))));
    }
}
