using System;
using System.Diagnostics;
using IExec.Tasks.Contracts;

namespace IExec.Tasks.Connections;

/// <summary>Follows the chain's clock, and detects when it stops or jumps, or when a node is behind a block that was seen before.</summary>
/// <param name="stallTimeout">How long it may stop before a warning.</param>
/// <param name="elapsed">Local time since any moment; tests replace it.</param>
internal sealed class ChainClock(TimeSpan stallTimeout, Func<TimeSpan>? elapsed = null)
{
    private static readonly TimeSpan LargestJump = TimeSpan.FromMinutes(10);
    private static readonly Stopwatch Stopwatch = Stopwatch.StartNew();

    private readonly Func<TimeSpan> _elapsed = elapsed ?? (() => Stopwatch.Elapsed);
    private TimeSpan _advancedAt;
    private bool _isStallWarned;

    /// <summary>The newest block so far.</summary>
    public BlockHeader? Newest { get; private set; }

    /// <summary>Whether a block is newer than the newest so far; a lagging node returns older ones.</summary>
    public bool IsNewer(BlockHeader block) =>
        Newest is null || block.Number > Newest.Number || (block.Number == Newest.Number && block.Hash != Newest.Hash);

    /// <summary>Records a node's latest block.</summary>
    /// <returns>A warning; null when there is no problem or the user was warned before.</returns>
    public string? Observe(BlockHeader latest)
    {
        var now = _elapsed();
        if (!IsNewer(latest))
            return WarnOfStall(latest, now);

        var warning = Newest is { } last && latest.Timestamp - last.Timestamp - (now - _advancedAt) > LargestJump
            ? $"The chain's clock jumped from {last.Timestamp:u} (block {last.Number}) to {latest.Timestamp:u} (block {latest.Number})."
            : null;
        Newest = latest;
        _advancedAt = now;
        _isStallWarned = false;
        return warning;
    }

    private string? WarnOfStall(BlockHeader latest, TimeSpan now)
    {
        if (_isStallWarned || now - _advancedAt < stallTimeout)
            return null;
        _isStallWarned = true;
        return latest.Number < Newest!.Number
            ? $"The RPC node lags behind: its latest block is {latest.Number}, but block {Newest.Number} of {Newest.Timestamp:u} was seen before. Waiting until it catches up."
            : $"The chain has had no new block since {latest.Timestamp:u} (block {latest.Number}). No deadline passes meanwhile.";
    }
}
