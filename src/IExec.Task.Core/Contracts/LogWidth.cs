using System;

namespace IExec.Tasks.Contracts;

/// <summary>
/// How many blocks to request from a node in one <c>eth_getLogs</c>. Nodes limit the blocks, the events of a response, or both, and report that in many ways, so
/// the number is found by trying: it starts without a limit, is halved after a refusal, and grows again. A number that was refused is tried again after a
/// number of successes that doubles each time: a limit of events depends on the blocks, a limit of blocks does not.
/// </summary>
internal sealed class LogWidth
{
    private const long Widest = long.MaxValue / 4;
    private const int FirstBackoff = 8;
    private const int MaxBackoff = 1024;

    private readonly object _gate = new();
    private long _blocks = Widest;
    private long _refused = long.MaxValue;
    private int _backoff = FirstBackoff;
    private int _answers;

    /// <summary>How many blocks to request.</summary>
    public long Blocks
    {
        get
        {
            lock (_gate)
                return _blocks;
        }
    }

    /// <summary>Records a success for this many blocks.</summary>
    public void Took(long blocks)
    {
        lock (_gate)
        {
            if (blocks < _blocks)
                return; // the rest of a range, which shows nothing
            if (blocks >= _refused)
            {
                _refused = long.MaxValue;
                _backoff = FirstBackoff;
            }

            if (2 * blocks < _refused || ++_answers >= _backoff)
                Widen(blocks);
        }
    }

    /// <summary>Records a refusal of this many blocks.</summary>
    /// <param name="blocks">How many.</param>
    /// <param name="divisor">How much to reduce the number by.</param>
    public void Refused(long blocks, int divisor = 2)
    {
        lock (_gate)
        {
            if (_refused != long.MaxValue && blocks >= _refused)
                _backoff = Math.Min(2 * _backoff, MaxBackoff);
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
