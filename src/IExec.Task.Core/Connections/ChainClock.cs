using System;
using System.Diagnostics;
using IExec.Tasks.Contracts;

namespace IExec.Tasks.Connections;

/// <summary>Follows the chain's clock, and notices when it stands still, jumps, or when a node lags behind what was seen before.</summary>
/// <param name="patience">How long it may stand still.</param>
/// <param name="elapsed">Local time since any moment; tests replace it.</param>
internal sealed class ChainClock(TimeSpan patience, Func<TimeSpan>? elapsed = null)
{
    private static readonly TimeSpan LargestJump = TimeSpan.FromMinutes(10);
    private static readonly Stopwatch Stopwatch = Stopwatch.StartNew();

    private readonly Func<TimeSpan> _elapsed = elapsed ?? (() => Stopwatch.Elapsed);
    private TimeSpan _advancedAt;
    private bool _isStillToldOf;

    /// <summary>The newest block so far.</summary>
    public BlockHeader? Newest { get; private set; }

    /// <summary>Whether a block is news: not the newest itself, and not one before it, as a lagging node gives.</summary>
    public bool IsNews(BlockHeader block) =>
        Newest is null || block.Number > Newest.Number || (block.Number == Newest.Number && block.Hash != Newest.Hash);

    /// <summary>Takes note of a node's latest block.</summary>
    /// <returns>A warning; null when all is well or the user was warned before.</returns>
    public string? Observe(BlockHeader latest)
    {
        var now = _elapsed();
        if (!IsNews(latest))
            return WarnOfStandstill(latest, now);

        var warning = Newest is { } last && latest.Timestamp - last.Timestamp - (now - _advancedAt) > LargestJump
            ? $"The chain's clock jumped from {last.Timestamp:u} (block {last.Number}) to {latest.Timestamp:u} (block {latest.Number})."
            : null;
        Newest = latest;
        _advancedAt = now;
        _isStillToldOf = false;
        return warning;
    }

    private string? WarnOfStandstill(BlockHeader latest, TimeSpan now)
    {
        if (_isStillToldOf || now - _advancedAt < patience)
            return null;
        _isStillToldOf = true;
        return latest.Number < Newest!.Number
            ? $"The RPC node lags behind: its latest block is {latest.Number}, but block {Newest.Number} of {Newest.Timestamp:u} was seen before. Waiting until it catches up."
            : $"The chain has had no new block since {latest.Timestamp:u} (block {latest.Number}). No deadline passes meanwhile.";
    }
}
