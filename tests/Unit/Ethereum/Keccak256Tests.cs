using System;
using System.Text;
using IExec.Tasks.Ethereum;
using Nethereum.Util;

namespace IExec.Tasks.UnitTests.Ethereum;

public sealed class Keccak256Tests
{
    [Theory]
    [InlineData("", "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")] // Ethereum's empty code hash
    [InlineData("abc", "0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    [InlineData("Transfer(address,address,uint256)", "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef")] // ERC-20
    [InlineData("TaskClaimed(bytes32)", "0xcbc308b5f91040d2659a5201858344b0b583cd2f9e18e8470c2fa052c5b21ff8")] // PoCo contracts
    [InlineData("EIP712Domain(string name,string version,uint256 chainId)", "0xc2f8787176b8ac6bf7215b4adcc1e069bf4ab82d9ab1df05a57a91d425935b6e")]
    public void Gives_the_published_digest(string text, string digest) =>
        Assert.Equal(digest, Hex.Encode(Keccak256.Hash(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void Agrees_with_Nethereum_at_every_length_around_the_blocks()
    {
        var random = new Random(1600);
        for (var length = 0; length <= 300; length++)
        {
            var data = new byte[length];
            random.NextBytes(data);

            Assert.Equal(Sha3Keccack.Current.CalculateHash(data), Keccak256.Hash(data));
        }
    }

    [Fact]
    public void May_write_over_its_input()
    {
        var buffer = new byte[64];
        var expected = Keccak256.Hash(buffer);
        Keccak256.Hash(buffer, buffer);
        Assert.Equal(expected, buffer.AsSpan(0, 32).ToArray());
    }

    [Fact]
    public void Derives_the_published_task_ids_from_deal_and_index()
    {
        var preimage = new byte[64];
        VectorFile.Bytes("dealId").CopyTo(preimage, 0);
        foreach (var index in new[] { 0, 1, 5, 6, 7 })
        {
            preimage[63] = (byte)index;
            Assert.Equal(VectorFile.TaskId(index), Bytes32.Keccak(preimage).ToString());
        }
    }
}
