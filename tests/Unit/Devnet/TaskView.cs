using System;
using System.Globalization;
using System.Threading.Tasks;
using IExec.Tasks.Devnet;

namespace IExec.Tasks.UnitTests.Devnet;

/// <summary>A raw viewTask, read without the code under test.</summary>
internal static class TaskView
{
    private const string ViewTask = "0xadccf0d5";

    /// <summary>The status as the contract has it: 0 UNSET, 1 ACTIVE, 2 REVEALING, 3 COMPLETED, 4 FAILED.</summary>
    public static Task<int> GetStatusAsync(this DevnetChain chain, string taskId) => GetWordAsync(chain, taskId, 0);

    public static Task<int> GetRevealCounterAsync(this DevnetChain chain, string taskId) => GetWordAsync(chain, taskId, 8);

    private static async Task<int> GetWordAsync(DevnetChain chain, string taskId, int index)
    {
        var result = await chain.SendAsync("eth_call", new { to = chain.State.Contracts.Hub, data = ViewTask + taskId[2..] }, "latest");
        return int.Parse(result.GetString().AsSpan(2 + (64 * (index + 1)), 64), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
