using System.Numerics;
using System.Text;
using System.Threading.Tasks;
using CsCheck;
using IExec.Tasks.UnitTests.Crypto;
using IExec.Tasks.Crypto;
using IExec.Tasks.Ethereum;
using Nethereum.KeyStore;
using Nethereum.KeyStore.Model;
using Nethereum.Signer;
using Nethereum.Util;

namespace IExec.Tasks.UnitTests.Peers;

/// <summary>Compares our own implementations with Nethereum's.</summary>
[Trait("Category", "Slow")]
public sealed class NethereumPeerTests
{
    private static readonly Gen<byte[]> Key = Gen.Byte.Array[32].Where(key => key[0] is > 0 and < 255);

    [Fact]
    public void Addresses_have_Nethereums_checksum() => Gen.Byte.Array[Address.Size].Sample(bytes =>
        new Address(bytes).ToString() == AddressUtil.Current.ConvertToChecksumAddress(Hex.Encode(bytes)));

    [Fact]
    public void Keys_sign_as_Nethereums_do() => Gen.Select(Key, Gen.Byte.Array[32]).Sample(
        (bytes, digest) =>
        {
            using var secret = new SecretBytes(bytes);
            using var key = PrivateKey.FromBytes(secret);
            var peer = new EthECKey(bytes, isPrivate: true);
            var (signature, expected) = (key.Sign(digest), peer.SignAndCalculateYParityV(digest));

            Assert.Equal(peer.GetPublicAddressAsBytes(), key.Address);
            Assert.Equal(new BigInteger(expected.R, isUnsigned: true, isBigEndian: true), UInt256.FromBigEndian(signature.R));
            Assert.Equal(new BigInteger(expected.S, isUnsigned: true, isBigEndian: true), UInt256.FromBigEndian(signature.S));
            Assert.Equal(expected.V[0], signature.RecoveryId);
        },
        iter: 50);

    [Fact]
    public async Task Key_files_that_Nethereum_writes_are_opened() => await Gen.Select(Key, Gen.String[0, 30], Gen.Bool).SampleAsync(
        async (bytes, password, isScrypt) =>
        {
            var address = new EthECKey(bytes, isPrivate: true).GetPublicAddress();
            var file = isScrypt
                ? new KeyStoreScryptService().EncryptAndGenerateKeyStoreAsJson(password, bytes, address, new ScryptParams { Dklen = 32, N = 64, R = 8, P = 2 })
                : new KeyStorePbkdf2Service().EncryptAndGenerateKeyStoreAsJson(password, bytes, address, new Pbkdf2Params { Dklen = 32, Count = 20, Prf = "hmac-sha256" });
            using var secret = Secrets.Text(password);
            using var key = await KeystoreV3.OpenAsync(Encoding.UTF8.GetBytes(file), secret);
            Assert.Equal(address, Secrets.AddressText(key));
        },
        iter: 50);
}
