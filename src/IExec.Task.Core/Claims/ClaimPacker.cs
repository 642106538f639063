using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Claims;

/// <summary>Packs as many claims into a transaction as its gas allows.</summary>
/// <param name="calls">Estimates the gas.</param>
/// <param name="blockGasLimit">The gas of the latest block.</param>
internal sealed class ClaimPacker(ClaimCalls calls, BigInteger blockGasLimit)
{
    /// <summary>Arbitrum's gas limit for a transaction; the gas limit in its blocks is 2⁵⁰.</summary>
    private static readonly BigInteger LargestTransaction = 32_000_000;

    /// <summary>
    /// The assumed gas of a claim, which limits the size of the first estimate; the SDK assumes 55,000. A node may execute all claims of an estimate before it
    /// returns that they are too many.
    /// </summary>
    private const int GasOfFirstEstimate = 30_000;

    private readonly BigInteger _limit = LimitOf(blockGasLimit);
    private int _size = (int)BigInteger.Max(LimitOf(blockGasLimit) / GasOfFirstEstimate, 1);

    /// <summary>Packs all tasks: first those of the same kind as the first one, initialised or not.</summary>
    public async Task<IReadOnlyList<ClaimBatch>> PackAsync(IReadOnlyList<ClaimableTask> tasks, CancellationToken cancellationToken)
    {
        var batches = new List<ClaimBatch>();
        foreach (var group in tasks.GroupBy(task => task.IsInitialized))
        {
            for (var left = group.ToList(); left.Count > 0; left.RemoveRange(0, batches[^1].Tasks.Count))
                batches.Add(await TakeAsync(left, cancellationToken).ConfigureAwait(false));
        }

        return batches;
    }

    /// <summary>Packs the first of the remaining tasks.</summary>
    /// <param name="left">Tasks that are all initialised, or none of them; at least one.</param>
    /// <param name="cancellationToken">Cancels the estimates.</param>
    public async Task<ClaimBatch> TakeAsync(IReadOnlyList<ClaimableTask> left, CancellationToken cancellationToken)
    {
        var tooMany = left.Count + 1;
        ClaimBatch? best = null;
        for (var count = Math.Min(_size, left.Count); ;)
        {
            ClaimableTask[] tasks = [.. left.Take(count)];
            var (estimate, refusal) = await calls.EstimateGasAsync(tasks, cancellationToken).ConfigureAwait(false);
            var gasLimit = WithHeadroom(estimate);
            if (gasLimit is { } gas && gas <= _limit)
                best = new ClaimBatch(tasks, gas);
            else if (count == 1)
                return new ClaimBatch(tasks, null, refusal);
            else
                tooMany = Math.Min(tooMany, count);

            // A measured batch tells how many should fit; without one, half as many may.
            var next = gasLimit is { } measured ? (int)BigInteger.Min(count * _limit / measured, tooMany - 1) : count / 2;
            if (best is not null && next <= best.Tasks.Count)
            {
                _size = best.Tasks.Count;
                return best;
            }

            count = Math.Max(next, 1);
        }
    }

    private static BigInteger LimitOf(BigInteger blockGasLimit) => BigInteger.Min(blockGasLimit, LargestTransaction);

    /// <summary>A fifth more than the estimate: earlier transactions in the block may change the gas of a claim.</summary>
    private static BigInteger? WithHeadroom(BigInteger? estimate) => estimate * 6 / 5;
}
