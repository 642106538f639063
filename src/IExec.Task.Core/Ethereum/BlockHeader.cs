using System;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace IExec.Tasks.Ethereum;

/// <summary>What is needed of a block.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Timestamp">Its time.</param>
/// <param name="GasLimit">The gas that its transactions may use together.</param>
/// <param name="BaseFeePerGas">In wei (EIP-1559); null on a chain without a fee market.</param>
internal sealed record BlockHeader(BigInteger Number, DateTimeOffset Timestamp, BigInteger GasLimit, BigInteger? BaseFeePerGas)
{
    /// <summary>The latest block, without its transactions.</summary>
    public static RpcRequest GetLatest { get; } = new("eth_getBlockByNumber", "latest", false);

    /// <exception cref="IExecException">RpcError: the reply is not a block.</exception>
    public static BlockHeader Read(RpcReply reply)
    {
        var block = reply.GetJson();
        return Quantity(block, "number") is { } number
            && Quantity(block, "timestamp") is { } timestamp
            && timestamp <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            && Quantity(block, "gasLimit") is { } gasLimit
                ? new BlockHeader(number, DateTimeOffset.FromUnixTimeSeconds((long)timestamp), gasLimit, Quantity(block, "baseFeePerGas"))
                : throw new IExecException(IExecErrorId.RpcError, "The RPC node's latest block cannot be read.");
    }

    private static BigInteger? Quantity(JsonElement block, string name) =>
        block.ValueKind == JsonValueKind.Object
        && block.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
        && Ethereum.Quantity.TryDecode(Encoding.UTF8.GetBytes(value.GetString()!), out var quantity)
            ? quantity
            : null;
}
