using System;
using System.Globalization;
using System.Threading.Tasks;

namespace IExec.Tasks.Devnet;

/// <content>Blocks and time.</content>
public sealed partial class DevnetChain
{
    /// <summary>Mines blocks now, whatever <see cref="DevnetOptions"/> say.</summary>
    public async Task MineAsync(int blocks = 1)
    {
        for (var i = 0; i < blocks; i++)
        {
            await SendAsync("evm_mine");
        }
    }

    /// <summary>Moves the chain's clock forward, and mines a block at the new time.</summary>
    public async Task IncreaseTimeAsync(TimeSpan time)
    {
        await SendAsync("evm_increaseTime", (long)time.TotalSeconds);
        await MineAsync();
    }

    /// <summary>Sets the time of the next block, whoever mines it. It must be later than the latest block.</summary>
    public Task SetNextBlockTimestampAsync(DateTimeOffset time) => SendAsync("evm_setNextBlockTimestamp", time.ToUnixTimeSeconds());

    /// <summary>The latest block's time.</summary>
    public async Task<DateTimeOffset> GetTimestampAsync()
    {
        var block = await SendAsync("eth_getBlockByNumber", "latest", false);
        return DateTimeOffset.FromUnixTimeSeconds(Number(block.GetProperty("timestamp").GetString()!));
    }

    /// <summary>Takes a snapshot of the whole state; pass the id to <see cref="RevertAsync"/>.</summary>
    public async Task<string> SnapshotAsync() => (await SendAsync("evm_snapshot")).GetString()!;

    /// <summary>Restores a snapshot, which can be done once.</summary>
    public async Task RevertAsync(string snapshot)
    {
        if (!(await SendAsync("evm_revert", snapshot)).GetBoolean())
        {
            throw new InvalidOperationException($"There is no snapshot {snapshot} any more.");
        }
    }

    private static long Number(string quantity) => long.Parse(quantity.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static string Quantity(long number) => $"0x{number:x}";
}
