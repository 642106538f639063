using System;
using System.Numerics;
using System.Text.Json;
using IExec.Tasks.Ethereum;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Contracts;

/// <summary>The parts of a block that the module uses.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Timestamp">Its time.</param>
/// <param name="GasLimit">Its gas limit.</param>
/// <param name="BaseFeePerGas">In wei (EIP-1559); null on a chain without base fees.</param>
/// <param name="Hash">Its hash; null where the node does not return it.</param>
internal sealed record BlockHeader(BigInteger Number, DateTimeOffset Timestamp, BigInteger GasLimit, BigInteger? BaseFeePerGas, Bytes32? Hash = null)
{
    /// <summary>The latest block, without its transactions.</summary>
    public static RpcRequest GetLatest { get; } = new("eth_getBlockByNumber", "latest", false);

    /// <summary>The block with this number, without its transactions.</summary>
    public static RpcRequest Get(long number) => new("eth_getBlockByNumber", (ulong)number, false);

    /// <exception cref="IExecException">RpcError: the reply is not a block.</exception>
    public static BlockHeader Read(RpcReply reply) => Read(reply.GetJson());

    /// <inheritdoc cref="Read(RpcReply)"/>
    public static BlockHeader Read(JsonElement block) =>
        block.Quantity("number") is { } number
            && number <= long.MaxValue
            && block.Quantity("timestamp") is { } timestamp
            && timestamp <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            && block.Quantity("gasLimit") is { } gasLimit
                ? new BlockHeader(number, DateTimeOffset.FromUnixTimeSeconds((long)timestamp), gasLimit, block.Quantity("baseFeePerGas"), block.Bytes32("hash"))
                : throw new IExecException(IExecErrorId.RpcError, "The RPC node's latest block cannot be read.");
}
