using System.Linq;
using System.Numerics;
using System.Text.Json;
using IExec.Tasks.Transport.Rpc;

namespace IExec.Tasks.Transactions;

/// <summary>The priority fees that the transactions of the latest blocks paid (<c>eth_feeHistory</c>).</summary>
internal static class FeeHistory
{
    private const int Blocks = 10;
    private const int Median = 50;

    public static RpcRequest Get { get; } = new("eth_feeHistory", (ulong)Blocks, "latest", new object[] { Median });

    /// <summary>The median of the blocks' medians, in wei per gas; null when none of the blocks has a transaction.</summary>
    /// <exception cref="IExecException">RpcError: the reply is not a fee history.</exception>
    public static BigInteger? ReadMedian(RpcReply reply)
    {
        var history = reply.GetJson();
        if (history.Member("reward") is not { ValueKind: JsonValueKind.Array } rewards || history.Member("gasUsedRatio") is not { ValueKind: JsonValueKind.Array } uses)
            throw Unreadable();
        var paid = rewards.EnumerateArray().Zip(uses.EnumerateArray(), (reward, use) => (Reward: reward, IsUsed: use.ValueKind != JsonValueKind.Number || use.GetDouble() > 0))
            .Where(block => block.IsUsed) // a block without transactions has a reward of zero, which no transaction paid
            .Select(block => ReadOnlyReward(block.Reward))
            .OrderBy(reward => reward)
            .ToList();
        return paid.Count == 0 ? null : paid[paid.Count / 2];
    }

    private static BigInteger ReadOnlyReward(JsonElement block) =>
        block.ValueKind == JsonValueKind.Array && block.GetArrayLength() == 1 && block[0].AsQuantity() is { } reward ? reward : throw Unreadable();

    private static IExecException Unreadable() => new(IExecErrorId.RpcError, "The RPC node's fee history cannot be read.");
}
