using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.UnitTests.Crypto;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.UnitTests.Peers;

[Trait("Category", "Slow")]
public sealed class AccountPeerTests
{
    /// <summary>EIP-55.</summary>
    [Fact]
    public async Task Checksums_addresses_as_ethers_does()
    {
        var vectors = await PeerVectors.EthersAsync("accounts");

        Assert.Equal(1038, vectors.Length);
        Assert.All(vectors, vector =>
        {
            var checksummed = vector.Text("checksumAddress");
            Assert.Equal(checksummed, Address.Parse(vector.Text("address").ToLowerInvariant()).ToString());
            Assert.True(Address.TryParse(checksummed, out _));
        });
    }

    [Fact]
    public async Task Derives_the_addresses_of_keys_as_ethers_does()
    {
        var vectors = (await PeerVectors.EthersAsync("accounts")).Where(vector => vector.TryGetProperty("privateKey", out _)).ToList();

        Assert.Equal(1031, vectors.Count);
        Assert.All(vectors, vector =>
        {
            using var key = Secrets.Key(vector.Text("privateKey"));
            Assert.Equal(vector.Text("checksumAddress"), Secrets.AddressText(key));
        });
    }

    /// <summary>EIP-137.</summary>
    [Fact]
    public async Task Hashes_names_as_ethers_does()
    {
        var vectors = await PeerVectors.EthersAsync("namehash");

        Assert.Equal(8, vectors.Length);
        Assert.All(vectors, vector => Assert.Equal(vector.Text("expected"), Hex.Encode(EnsName.TryHash(vector.Text("name")))));
    }

    /// <summary>ENSIP-15, what is refused included.</summary>
    [Fact]
    public async Task Normalises_names_as_ethers_does()
    {
        var vectors = await PeerVectors.MadeAsync<NameVector>("names");

        Assert.Equal(600, vectors.Length);
        Assert.InRange(vectors.Count(vector => vector.Hash is null), 100, 400);
        Assert.All(vectors, vector => Assert.Equal(vector.Hash, EnsName.TryHash(vector.Name) is { } node ? Hex.Encode(node) : null));
    }

    private sealed record NameVector(string Name, string? Hash);
}
