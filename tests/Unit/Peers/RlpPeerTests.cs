using System.Linq;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using IExec.Tasks.Ethereum;
using Nethereum.RLP;

namespace IExec.Tasks.UnitTests.Peers;

/// <summary>Holds Nethereum's RLP, which the module's transactions are made with.</summary>
[Trait("Category", "Slow")]
public sealed class RlpPeerTests
{
    /// <summary>The examples of ethereum.org's page on RLP, and <c>rlptest.json</c> in ethereum/tests (MIT) but for a text of 1024 bytes and a number of 257 bits.</summary>
    private const string EthereumTests = """
        [
          ["dog", "83646f67"], ["", "80"], ["\u0000", "00"], ["\u000f", "0f"], [0, "80"], [1, "01"], [15, "0f"], [127, "7f"], [128, "8180"], [1024, "820400"],
          ["Lorem ipsum dolor sit amet, consectetur adipisicing elit", "b8384c6f72656d20697073756d20646f6c6f722073697420616d65742c20636f6e7365637465747572206164697069736963696e6720656c6974"],
          [[], "c0"], [["cat", "dog"], "c88363617483646f67"], [[[], [[]], [[], [[]]]], "c7c0c1c0c3c0c1c0"],
          ["Lorem ipsum dolor sit amet, consectetur adipisicing eli", "b74c6f72656d20697073756d20646f6c6f722073697420616d65742c20636f6e7365637465747572206164697069736963696e6720656c69"],
          [16, "10"], [79, "4f"], [1000, "8203e8"], [100000, "830186a0"],
          ["#83729609699884896815286331701780722", "8f102030405060708090a0b0c0d0e0f2"],
          ["#105315505618206987246253880190783558935785933862974822347068935681", "9c0100020003000400050006000700080009000a000b000c000d000e01"],
          [["dog", "god", "cat"], "cc83646f6783676f6483636174"],
          [["zw", [4], 1], "c6827a77c10401"],
          [["asdf", "qwer", "zxcv", "asdf", "qwer", "zxcv", "asdf", "qwer", "zxcv", "asdf", "qwer"], "f784617364668471776572847a78637684617364668471776572847a78637684617364668471776572847a78637684617364668471776572"],
          [[["asdf", "qwer", "zxcv"], ["asdf", "qwer", "zxcv"], ["asdf", "qwer", "zxcv"], ["asdf", "qwer", "zxcv"]], "f840cf84617364668471776572847a786376cf84617364668471776572847a786376cf84617364668471776572847a786376cf84617364668471776572847a786376"],
          [[[[], []], []], "c4c2c0c0c0"],
          [[["key1", "val1"], ["key2", "val2"], ["key3", "val3"], ["key4", "val4"]], "ecca846b6579318476616c31ca846b6579328476616c32ca846b6579338476616c33ca846b6579348476616c34"]
        ]
        """;

    [Fact]
    public void Encodes_as_ethereum_tests_ask()
    {
        using var document = JsonDocument.Parse(EthereumTests);
        Assert.All(document.RootElement.EnumerateArray(), vector => Assert.Equal("0x" + vector[1].GetString(), Hex.Encode(Encode(vector[0]))));
    }

    [Fact]
    public async Task Encodes_as_ethers_does()
    {
        var vectors = await PeerVectors.EthersAsync("rlp-coder");

        Assert.Equal(61, vectors.Length);
        Assert.All(vectors, vector => Assert.Equal(vector.Text("encoded"), Hex.Encode(Encode(vector.GetProperty("decoded")))));
    }

    private static byte[] Encode(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => RLP.EncodeList([.. value.EnumerateArray().Select(Encode)]),
        JsonValueKind.Number => RLP.EncodeElement(new BigInteger(value.GetInt64()).ToBytesForRLPEncoding()),
        _ => value.GetString()! switch
        {
            ['#', .. var digits] => RLP.EncodeElement(BigInteger.Parse(digits, System.Globalization.CultureInfo.InvariantCulture).ToBytesForRLPEncoding()),
            ['0', 'x', ..] hex => RLP.EncodeElement(Hex.Decode(hex)),
            var text => RLP.EncodeElement(Encoding.ASCII.GetBytes(text)),
        },
    };
}
