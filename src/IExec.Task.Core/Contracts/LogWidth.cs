using System;

namespace IExec.Tasks.Contracts;

/// <summary>
/// What a node has shown of how many blocks it takes in one <c>eth_getLogs</c>. Nodes limit the blocks, the events of an answer, or both, and say so in many
/// ways, so the number is found by trying: it begins without a limit, is halved when it is refused, and grows again. One that was refused is tried again
/// after a number of answers that doubles each time: a limit of events is met in some blocks and not in others, a limit of blocks is met always.
/// </summary>
internal sealed class LogWidth
{
    private const long Widest = long.MaxValue / 4;
    private const int FirstPatience = 8;
    private const int LongestPatience = 1024;

    private readonly object _gate = new();
    private long _blocks = Widest;
    private long _refused = long.MaxValue;
    private int _patience = FirstPatience;
    private int _answers;

    /// <summary>How many blocks to ask for.</summary>
    public long Blocks
    {
        get
        {
            lock (_gate)
                return _blocks;
        }
    }

    /// <summary>Takes note that the node answered for so many blocks.</summary>
    public void Took(long blocks)
    {
        lock (_gate)
        {
            if (blocks < _blocks)
                return; // the last ones of a range, which show nothing
            if (blocks >= _refused)
            {
                _refused = long.MaxValue;
                _patience = FirstPatience;
            }

            if (2 * blocks < _refused || ++_answers >= _patience)
                Widen(blocks);
        }
    }

    /// <summary>Takes note that the node refused so many blocks.</summary>
    /// <param name="blocks">How many.</param>
    /// <param name="divisor">How much less to ask for.</param>
    public void Refused(long blocks, int divisor = 2)
    {
        lock (_gate)
        {
            if (_refused != long.MaxValue && blocks >= _refused)
                _patience = Math.Min(2 * _patience, LongestPatience);
            _refused = blocks;
            _blocks = Math.Max(1, blocks / divisor);
            _answers = 0;
        }
    }

    private void Widen(long blocks)
    {
        _blocks = Math.Min(2 * blocks, Widest);
        _answers = 0;
    }
}
