using System;
using System.Text.Json;
using System.Threading.Tasks;
using IExec.Tasks.UnitTests.Crypto;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.UnitTests.Peers;

/// <summary>
/// Transactions that ethers signed (EIP-155, EIP-2930, EIP-1559), all with the nonces of RFC 6979: each is signed anew. Those that the module can make, calls without an
/// access list, are made from their fields, too.
/// </summary>
[Trait("Category", "Slow")]
public sealed class TransactionPeerTests
{
    [Fact]
    public async Task Signs_legacy_transactions_as_ethers_does()
    {
        var vectors = await PeerVectors.EthersAsync("transactions");
        var made = 0;
        Assert.All(vectors, vector =>
        {
            var (unsigned, signed) = (vector.Bytes("unsignedTransactionChainId5"), vector.Bytes("signedTransactionChainId5"));
            AssertSignature(vector.Text("privateKey"), unsigned, signed, fieldsBefore: 6, hasAccessList: false, firstId: 45);
            made += AssertMade(vector, TransactionFee.Legacy(vector.Number("gasPrice")), chainId: 5, vector.Text("privateKey"), unsigned, signed);
        });

        Assert.Equal((1067, 1035), (vectors.Length, made));
    }

    [Fact]
    public async Task Signs_typed_transactions_as_ethers_does()
    {
        var vectors = await PeerVectors.EthersAsync("typed-transactions");
        var made = 0;
        Assert.All(vectors, vector =>
        {
            var fields = vector.GetProperty("tx");
            var (unsigned, signed) = (vector.Bytes("unsigned"), vector.Bytes("signed"));
            var isFeeMarket = fields.Number("type") == 2;
            AssertSignature(vector.Text("key"), unsigned, signed, fieldsBefore: isFeeMarket ? 8 : 7, hasAccessList: true, firstId: 0);
            if (isFeeMarket && (!fields.TryGetProperty("accessList", out var list) || list.GetArrayLength() == 0))
            {
                var fee = new TransactionFee(fields.Number("maxFeePerGas"), fields.Number("maxPriorityFeePerGas"));
                made += AssertMade(fields, fee, (long)fields.Number("chainId"), vector.Text("key"), unsigned, signed);
            }
        });

        Assert.Equal((1792, 248), (vectors.Length, made));
    }

    private static void AssertSignature(string privateKey, byte[] unsigned, byte[] signed, int fieldsBefore, bool hasAccessList, int firstId)
    {
        using var key = Secrets.Key(privateKey);
        var signature = key.Sign(Bytes32.Keccak(unsigned).ToArray());
        var fields = new RlpReader(signed[0] < 0x80 ? signed.AsSpan(1) : signed).ReadList();
        for (var i = 0; i < fieldsBefore; i++)
            fields.ReadBytes();
        if (hasAccessList)
            fields.ReadList();
        Assert.Equal(firstId + signature.RecoveryId, fields.ReadNumber());
        Assert.Equal(UInt256.FromBigEndian(signature.R), fields.ReadNumber());
        Assert.Equal(UInt256.FromBigEndian(signature.S), fields.ReadNumber());
        Assert.True(fields.IsAtEnd);
    }

    /// <returns>1, or 0 for what is no call of a contract.</returns>
    private static int AssertMade(JsonElement fields, TransactionFee fee, long chainId, string privateKey, byte[] unsigned, byte[] signed)
    {
        if (!fields.TryGetProperty("to", out var to) || !Address.TryParse(to.GetString(), out var address))
            return 0;
        var transaction = new UnsignedTransaction(
            chainId, fields.Number("nonce"), fee, fields.Number("gasLimit"), address, fields.Number("value"), fields.Bytes("data"));
        using var key = Secrets.Key(privateKey);
        Assert.Equal(unsigned, transaction.SigningPayload());
        Assert.Equal(signed, transaction.With(key.Sign(transaction.SigningHash().ToArray())).Raw);
        return 1;
    }
}
