using System.Threading.Tasks;
using IExec.Tasks.Workerpools;

namespace IExec.Tasks.UnitTests.Peers;

/// <summary>
/// The module hashes one EIP-712 type of one domain, and has no code for others: the EIP's own example cannot pass through it. So the peer hashes the
/// log challenge, of several chains and with texts of all kinds.
/// </summary>
[Trait("Category", "Slow")]
public sealed class ChallengePeerTests
{
    [Fact]
    public async Task Hashes_log_challenges_as_ethers_does()
    {
        var vectors = await PeerVectors.MadeAsync<Vector>("challenges");

        Assert.Equal(330, vectors.Length);
        Assert.All(vectors, vector => Assert.Equal(vector.Digest, new LogChallenge(vector.Text, vector.ChainId).Digest().ToString()));
    }

    private sealed record Vector(long ChainId, string Text, string Digest);
}
