using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IExec.Tasks.Results.Ipfs;

namespace IExec.Tasks.Results.Download;

/// <summary>Blocks fetched one by one, a few of them ahead, so that the round trips overlap.</summary>
/// <param name="fetch">Fetches one block.</param>
internal sealed class GatewayBlockSource(Func<Cid, CancellationToken, Task<byte[]>> fetch) : IBlockSource
{
    private const int MaximumAhead = 6; // of 2 MiB at most

    private readonly List<(Cid Cid, Task<byte[]> Block)> _ahead = [];
    private readonly CancellationTokenSource _closing = new();

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> GetBlockAsync(Cid cid, IEnumerable<Cid> next, CancellationToken cancellationToken)
    {
        var wanted = TryTake(cid, out var ahead) ? ahead : Fetch(cid);
        foreach (var coming in next.Take(MaximumAhead))
        {
            if (_ahead.Count < MaximumAhead && !_ahead.Exists(ahead => ahead.Cid.Equals(coming)))
                _ahead.Add((coming, Fetch(coming)));
        }

        using var ending = cancellationToken.Register(_closing.Cancel);
        return await wanted.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
        _ahead.Clear();
    }

    private bool TryTake(Cid cid, [NotNullWhen(true)] out Task<byte[]>? block)
    {
        block = null;
        var index = _ahead.FindIndex(ahead => ahead.Cid.Equals(cid));
        if (index < 0)
            return false;

        block = _ahead[index].Block;
        _ahead.RemoveAt(index);
        return true;
    }

    private Task<byte[]> Fetch(Cid cid)
    {
        var block = fetch(cid, _closing.Token);

        // A block fetched ahead may fail after the copy has ended for another reason, when nothing awaits it any more.
        _ = block.ContinueWith(static failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return block;
    }
}
