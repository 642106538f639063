using System;
using IExec.Tasks.Connections;
using IExec.Tasks.Contracts;

namespace IExec.Tasks.UnitTests.Connections;

/// <summary>Warnings about the chain's clock, with a simulated local clock.</summary>
public sealed class ChainClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly ChainClock _clock;
    private TimeSpan _elapsed;

    public ChainClockTests() => _clock = new ChainClock(TimeSpan.FromMinutes(1), () => _elapsed);

    [Fact]
    public void A_chain_without_new_blocks_is_warned_of_once_with_the_time_of_its_last_block()
    {
        Assert.Null(Observe(10, TimeSpan.Zero));
        Assert.Null(Observe(10, TimeSpan.FromSeconds(59)));
        Assert.Contains("no new block since 2026-01-02 03:04:05Z", Observe(10, TimeSpan.FromSeconds(60)), StringComparison.Ordinal);
        Assert.Null(Observe(10, TimeSpan.FromSeconds(120)));
        Assert.Null(Observe(11, TimeSpan.FromSeconds(130)));
        Assert.Contains("(block 11)", Observe(11, TimeSpan.FromSeconds(190)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_lagging_node_is_distinguished_from_a_chain_without_new_blocks()
    {
        Assert.Null(Observe(10, TimeSpan.Zero));
        Assert.Null(Observe(8, TimeSpan.FromSeconds(30)));
        Assert.Contains("lags behind: its latest block is 8, but block 10", Observe(8, TimeSpan.FromSeconds(60)), StringComparison.Ordinal);
        Assert.Equal(10, (int)_clock.Newest!.Number);
    }

    private string? Observe(int number, TimeSpan elapsed)
    {
        _elapsed = elapsed;
        return _clock.Observe(new BlockHeader(number, Start + TimeSpan.FromSeconds(number - 10), 0, null));
    }
}
