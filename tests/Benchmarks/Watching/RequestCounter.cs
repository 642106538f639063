using System;
using System.Collections.Generic;
using IExec.Tasks.Fakes;

namespace IExec.Tasks.Benchmarks.Watching;

/// <summary>Counts the HTTP requests of each poll. A poll begins with the question for the latest block.</summary>
internal sealed class RequestCounter
{
    private readonly List<int> _polls = [];

    /// <summary>How many requests each poll took since the last <see cref="Restart"/>.</summary>
    public IReadOnlyList<int> Polls
    {
        get
        {
            lock (_polls)
                return [.. _polls];
        }
    }

    public void Restart()
    {
        lock (_polls)
            _polls.Clear();
    }

    /// <summary>Counts a request; see <see cref="FaultyProxy.Intercept"/>.</summary>
    public void Count(RecordedRequest request)
    {
        lock (_polls)
        {
            if (request.Body.AsSpan().IndexOf("eth_getBlockByNumber"u8) >= 0)
                _polls.Add(1);
            else if (_polls.Count > 0)
                _polls[^1]++;
        }
    }
}
