using System.Linq;
using System.Text;
using System.Threading.Tasks;
using IExec.Tasks.UnitTests.Crypto;
using IExec.Tasks.Crypto;

namespace IExec.Tasks.UnitTests.Peers;

[Trait("Category", "Slow")]
public sealed class KeystorePeerTests
{
    /// <summary>Files of geth, Parity, ethers and of the definition itself, through scrypt and PBKDF2.</summary>
    [Fact]
    public async Task Opens_the_key_files_that_ethers_opens()
    {
        var vectors = (await PeerVectors.EthersAsync("wallets")).Where(vector => vector.Text("type") == "secret-storage").ToList();

        Assert.Equal(7, vectors.Count);
        foreach (var vector in vectors)
        {
            using var password = Secrets.Text(vector.Text("password"));
            using var key = await KeystoreV3.OpenAsync(Encoding.UTF8.GetBytes(vector.Text("json")), password);
            using var expected = Secrets.Key(vector.Text("privateKey"));
            Assert.Equal(expected.Address, key.Address);
        }
    }
}
