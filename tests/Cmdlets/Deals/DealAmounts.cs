using System;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Text;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.CmdletTests.Deals;

/// <summary>The amounts of an account in the hub's events, in nRLC: locked by deals, taken for completed tasks, refunded by claims.</summary>
/// <param name="Locked">The sum of the events Lock.</param>
/// <param name="Seized">The sum of the events Seize.</param>
/// <param name="Unlocked">The sum of the events Unlock.</param>
internal sealed record DealAmounts(BigInteger Locked, BigInteger Seized, BigInteger Unlocked)
{
    /// <summary>Adds up the events of the blocks from one on.</summary>
    public static async Task<DealAmounts> ReadAsync(DevnetChain chain, string account, long firstBlock) => new(
        await SumAsync(chain, "Lock(address,uint256)", account, firstBlock),
        await SumAsync(chain, "Seize(address,uint256,bytes32)", account, firstBlock),
        await SumAsync(chain, "Unlock(address,uint256)", account, firstBlock));

    private static async Task<BigInteger> SumAsync(DevnetChain chain, string signature, string account, long firstBlock)
    {
        var topic = Bytes32.Keccak(Encoding.ASCII.GetBytes(signature)).ToString();
        var logs = await chain.SendAsync(
            "eth_getLogs", new { address = chain.State.Contracts.Hub, topics = new[] { topic }, fromBlock = $"0x{firstBlock:x}", toBlock = "latest" });
        return logs.EnumerateArray()
            .Select(log => log.GetProperty("data").GetString()!)
            .Where(data => data.Substring(2 + 24, 40).Equals(account[2..], StringComparison.OrdinalIgnoreCase))
            .Aggregate(BigInteger.Zero, (sum, data) => sum + BigInteger.Parse(string.Concat("0", data.AsSpan(2 + 64, 64)), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }
}
