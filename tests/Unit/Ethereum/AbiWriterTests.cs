using System;
using CsCheck;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.UnitTests.Ethereum;

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
        Assert.Equal(VectorFile.Text("abi", "viewCategory_call"), Hex.Encode(new AbiWriter(0x4f5f44ec, 1).Add(0UL).ToArray()));
        Assert.Equal(VectorFile.Text("abi", "final_deadline_ratio_call"), Hex.Encode(new AbiWriter(0xdb8aaa26, 0).ToArray()));
        var worker = Address.Parse("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
        Assert.Equal(VectorFile.Text("abi", "viewContribution_call"), Hex.Encode(new AbiWriter(0xe741363b, 2).Add(TaskId).Add(worker).ToArray()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(10_000)]
    public void Writes_bytes_of_any_length(int length)
    {
        var bytes = new byte[length];
        bytes.AsSpan().Fill(0xaa);
        var call = new AbiWriter(0x8be65246, 1).AddBytes(bytes).ToArray();
        Assert.Equal(bytes, new AbiReader(call.AsSpan(4)).ReadBytes().ToArray());
        Assert.Equal(4, call.Length % 32);
    }

    /// <summary>An example of the contract ABI specification, <c>f(uint256,uint32[],bytes10,bytes)</c>, without its array.</summary>
    [Fact]
    public void Writes_dynamic_arguments_after_the_head()
    {
        var call = new AbiWriter(0x8be65246, 3)
            .Add(0x123UL)
            .Add(new Bytes32([.. "1234567890"u8, .. new byte[22]]))
            .AddBytes("Hello, world!"u8)
            .ToArray();

        Assert.Equal(
            "0x8be65246"
            + "0000000000000000000000000000000000000000000000000000000000000123"
            + "3132333435363738393000000000000000000000000000000000000000000000"
            + "0000000000000000000000000000000000000000000000000000000000000060"
            + "000000000000000000000000000000000000000000000000000000000000000d"
            + "48656c6c6f2c20776f726c642100000000000000000000000000000000000000",
            Hex.Encode(call));
    }

    [Fact]
    public void Is_read_back_by_the_reader() => Gen.Select(Gen.Byte.Array[32], Gen.ULong, Gen.Byte.Array[0, 100], Gen.Bool)
        .Sample((word, number, bytes, flag) =>
        {
            var address = new Address(word.AsSpan(12));
            var call = new AbiWriter(0, 5).Add(new Bytes32(word)).Add(number).AddBytes(bytes).Add(flag).Add(address).ToArray();

            var reader = new AbiReader(call.AsSpan(4));
            Assert.Equal(word, reader.ReadBytes32().ToArray());
            Assert.Equal(number, reader.ReadUInt64());
            Assert.Equal(bytes, reader.ReadBytes().ToArray());
            Assert.Equal(flag, reader.ReadBoolean());
            Assert.Equal(address, reader.ReadAddress());
        });
}
