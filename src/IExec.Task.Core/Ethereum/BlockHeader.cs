using System;
using System.Numerics;

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
        return block.Quantity("number") is { } number
            && block.Quantity("timestamp") is { } timestamp
            && timestamp <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            && block.Quantity("gasLimit") is { } gasLimit
                ? new BlockHeader(number, DateTimeOffset.FromUnixTimeSeconds((long)timestamp), gasLimit, block.Quantity("baseFeePerGas"))
                : throw new IExecException(IExecErrorId.RpcError, "The RPC node's latest block cannot be read.");
    }
}
