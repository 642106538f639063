using System;
using System.Numerics;
using System.Text;
using CsCheck;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.CoreTests.Ethereum;

public sealed class AbiWriterTests
{
    private static readonly Bytes32 TaskId = Bytes32.Parse(VectorFile.TaskId(0));
    private static readonly Bytes32 DealId = Bytes32.Parse(VectorFile.Text("dealId"));

    [Fact]
    public void Writes_calls_with_fixed_arguments()
    {
        Assert.Equal(VectorFile.Text("abi", "viewTask_call"), Hex.Encode(AbiWriter.Call(0xadccf0d5, TaskId)));
        Assert.Equal(VectorFile.Text("abi", "viewDeal_call"), Hex.Encode(AbiWriter.Call(0xb74861b2, DealId)));
        Assert.Equal(VectorFile.Text("abi", "claim_call"), Hex.Encode(AbiWriter.Call(0xbd66528a, TaskId)));
        Assert.Equal(VectorFile.Text("abi", "viewCategory_call"), Hex.Encode(new AbiWriter(0x4f5f44ec, 1).Add(BigInteger.Zero).ToArray()));
        Assert.Equal(VectorFile.Text("abi", "final_deadline_ratio_call"), Hex.Encode(new AbiWriter(0xdb8aaa26, 0).ToArray()));
        var worker = Address.Parse("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
        Assert.Equal(VectorFile.Text("abi", "viewContribution_call"), Hex.Encode(new AbiWriter(0xe741363b, 2).Add(TaskId).Add(worker).ToArray()));
    }

    [Fact]
    public void Writes_calls_with_arrays()
    {
        var other = Bytes32.Parse("0x1111111111111111111111111111111111111111111111111111111111111111");
        Assert.Equal(VectorFile.Text("abi", "claimArray_call"), Hex.Encode(new AbiWriter(0xfa055d7e, 1).AddArray([TaskId, other]).ToArray()));
        Assert.Equal(
            VectorFile.Text("abi", "initializeAndClaimArray_call_idx5_6"),
            Hex.Encode(new AbiWriter(0xf722cb32, 2).AddArray([DealId, DealId]).AddArray([new BigInteger(5), new BigInteger(6)]).ToArray()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(10_000)]
    public void Makes_room_for_texts_of_any_length(int length)
    {
        var text = new string('a', length);
        var call = new AbiWriter(0x8be65246, 1).AddString(text).ToArray();
        Assert.Equal(text, new AbiReader(call.AsSpan(4)).ReadString());
        Assert.Equal(4, call.Length % 32);
    }

    /// <summary>The example of the contract ABI specification, <c>f(uint256,uint32[],bytes10,bytes)</c>, with the types that we have.</summary>
    [Fact]
    public void Puts_what_has_no_fixed_size_behind_the_head()
    {
        var call = new AbiWriter(0x8be65246, 4)
            .Add(0x123UL)
            .AddArray([new BigInteger(0x456), new BigInteger(0x789)])
            .Add(new Bytes32([.. "1234567890"u8, .. new byte[22]]))
            .AddString("Hello, world!")
            .ToArray();

        Assert.Equal(
            "0x8be65246"
            + "0000000000000000000000000000000000000000000000000000000000000123"
            + "0000000000000000000000000000000000000000000000000000000000000080"
            + "3132333435363738393000000000000000000000000000000000000000000000"
            + "00000000000000000000000000000000000000000000000000000000000000e0"
            + "0000000000000000000000000000000000000000000000000000000000000002"
            + "0000000000000000000000000000000000000000000000000000000000000456"
            + "0000000000000000000000000000000000000000000000000000000000000789"
            + "000000000000000000000000000000000000000000000000000000000000000d"
            + "48656c6c6f2c20776f726c642100000000000000000000000000000000000000",
            Hex.Encode(call));
    }

    [Fact]
    public void Refuses_numbers_that_do_not_fit_a_word()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AbiWriter(0, 1).Add(BigInteger.MinusOne));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AbiWriter(0, 1).Add(BigInteger.One << 256));
    }

    [Fact]
    public void Is_read_back_by_the_reader() => Gen.Select(Gen.Byte.Array[32], Gen.ULong, Gen.Byte.Array[0, 100], Gen.String[0, 40], Gen.Bool)
        .Sample((word, number, bytes, text, flag) =>
        {
            text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)); // lone surrogates have no UTF-8
            var address = new Address(word.AsSpan(12));
            var big = UInt256.FromBigEndian(word);
            var call = new AbiWriter(0, 7).Add(new Bytes32(word)).Add(number).AddBytes(bytes).Add(flag).AddString(text).Add(address).Add(big).ToArray();

            var reader = new AbiReader(call.AsSpan(4));
            Assert.Equal(word, reader.ReadBytes32().ToArray());
            Assert.Equal(number, reader.ReadUInt64());
            Assert.Equal(bytes, reader.ReadBytes().ToArray());
            Assert.Equal(flag, reader.ReadBoolean());
            Assert.Equal(text, reader.ReadString());
            Assert.Equal(address, reader.ReadAddress());
            Assert.Equal(big, reader.ReadUInt256());
        });
}
