using System;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Contracts;

namespace IExec.Tasks.Connections;

/// <summary>Finds blocks by their times, roughly: few requests matter more than the very block.</summary>
internal sealed class BlockFinder(IExecSession session)
{
    /// <summary>Every so many steps the middle is taken, so that the search ends however unevenly blocks are made.</summary>
    private const int StepsToBisection = 3;

    private static readonly TimeSpan CloseEnough = TimeSpan.FromHours(1);

    /// <summary>Reads a block; null when the node does not have it.</summary>
    public async Task<BlockHeader?> ReadAsync(long number, CancellationToken cancellationToken)
    {
        var reply = await session.Rpc.SendAsync(BlockHeader.Get(number), cancellationToken).ConfigureAwait(false);
        return reply.IsNull ? null : BlockHeader.Read(reply);
    }

    /// <summary>Two blocks of a range between which a time lies: the first is not after it, the second not before it, and neither is far from it.</summary>
    /// <param name="first">The range's first block, which is not after the time.</param>
    /// <param name="last">The range's last block, which is not before it.</param>
    /// <param name="time">The time.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<BlockRange> FindAsync(BlockHeader first, BlockHeader last, DateTimeOffset time, CancellationToken cancellationToken)
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

    /// <summary>Where the time should be if blocks came evenly, and a bit further than that: then it is between two blocks that are close to it.</summary>
    private static long Guess(BlockHeader first, BlockHeader last, DateTimeOffset time, bool isFirstNew)
    {
        var (from, to) = ((long)first.Number, (long)last.Number);
        var share = (double)(time - first.Timestamp).Ticks / (last.Timestamp - first.Timestamp).Ticks;
        var guess = from + (long)((to - from) * share);
        guess += isFirstNew ? ((guess - from) / 10) + 1 : -(((to - guess) / 10) + 1);
        return Math.Min(Math.Max(guess, from + 1), to - 1);
    }
}
