using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Contracts;

namespace IExec.Tasks.Connections;

/// <summary>Finds blocks by their times, approximately, with few requests. One instance serves one command and reads each block once.</summary>
internal sealed class BlockFinder(IExecSession session)
{
    /// <summary>After this many steps, one step takes the middle, so that the search ends even if blocks are unevenly spaced.</summary>
    private const int StepsToBisection = 3;

    private static readonly TimeSpan CloseEnough = TimeSpan.FromHours(1);

    private readonly Dictionary<long, BlockHeader?> _read = [];

    /// <summary>Reads a block; null when the node does not have it.</summary>
    public async Task<BlockHeader?> ReadAsync(long number, CancellationToken cancellationToken)
    {
        if (_read.TryGetValue(number, out var known))
            return known;
        var reply = await session.Rpc.SendAsync(BlockHeader.Get(number), cancellationToken).ConfigureAwait(false);
        return _read[number] = reply.IsNull ? null : BlockHeader.Read(reply);
    }

    /// <summary>The blocks, from a first one on, that can have events of a period. Warns of blocks that the node does not have.</summary>
    /// <param name="first">The first block; a chain that does not reach it is searched from its start.</param>
    /// <param name="latest">The last block.</param>
    /// <param name="since">The earliest time; null for any.</param>
    /// <param name="until">The latest time; null for any.</param>
    /// <param name="what">What may be missing where the node does not have the blocks, such as <c>deals</c>.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The blocks; none when there are none of that time.</returns>
    public async Task<BlockRange> NarrowAsync(
        long first, BlockHeader latest, DateTimeOffset? since, DateTimeOffset? until, string what, CancellationToken cancellationToken)
    {
        var none = new BlockRange(0, -1);
        var blocks = new BlockRange(first > latest.Number ? 0 : first, (long)latest.Number);
        if (blocks.Count <= 0 || since > latest.Timestamp || since > until)
            return none;
        if (since is null && until is null && blocks.First > 0 && blocks.First != session.Connection.FirstBlock)
            return blocks;
        var oldest = await ReadAsync(blocks.First, cancellationToken).ConfigureAwait(false);
        if (oldest is null)
        {
            await session.Diagnostics.WarnAsync(
                $"The RPC node does not have block {blocks.First}: it does not keep the whole history, so older {what} may be missing. Use a node that does (Connect-IExec -RpcUrl).").ConfigureAwait(false);
            oldest = latest with { Number = blocks.First, Timestamp = DateTimeOffset.MinValue };
        }

        if (until < oldest.Timestamp)
            return none;

        // Strictly before the time: many blocks may have the same time.
        if (since > oldest.Timestamp)
            blocks = blocks with { First = (await FindAsync(oldest, latest, since.Value.AddTicks(-1), cancellationToken).ConfigureAwait(false)).First };
        if (until < latest.Timestamp)
            blocks = blocks with { Last = (await FindAsync(oldest, latest, until.Value, cancellationToken).ConfigureAwait(false)).Last };
        return blocks;
    }

    /// <summary>Two blocks of a range between which a time lies: the first is not after it, the second not before it, and neither is far from it.</summary>
    /// <param name="first">The range's first block, which is not after the time.</param>
    /// <param name="last">The range's last block, which is not before it.</param>
    /// <param name="time">The time.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    private async Task<BlockRange> FindAsync(BlockHeader first, BlockHeader last, DateTimeOffset time, CancellationToken cancellationToken)
    {
        var isFirstNew = true;
        for (var step = 1; last.Number - first.Number > 1 && last.Timestamp - first.Timestamp > CloseEnough; step++)
        {
            var guess = step % StepsToBisection == 0 ? (long)(first.Number + last.Number) / 2 : Guess(first, last, time, isFirstNew);
            var block = await ReadAsync(guess, cancellationToken).ConfigureAwait(false);

            // A node without this block has none of the older ones either.
            isFirstNew = block is null || block.Timestamp <= time;
            if (!isFirstNew)
                last = block!;
            else
                first = block ?? first with { Number = guess };
        }

        return new BlockRange((long)first.Number, (long)last.Number);
    }

    /// <summary>The estimate for evenly spaced blocks, and a bit further, so that the time is soon enclosed by two close blocks.</summary>
    private static long Guess(BlockHeader first, BlockHeader last, DateTimeOffset time, bool isFirstNew)
    {
        var (from, to) = ((long)first.Number, (long)last.Number);
        var share = (double)(time - first.Timestamp).Ticks / (last.Timestamp - first.Timestamp).Ticks;
        var guess = from + (long)((to - from) * share);
        guess += isFirstNew ? ((guess - from) / 10) + 1 : -(((to - guess) / 10) + 1);
        return Math.Min(Math.Max(guess, from + 1), to - 1);
    }
}
