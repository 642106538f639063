using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Numerics;
using System.Threading.Tasks;
using IExec.Tasks.Diagnostics;

namespace IExec.Tasks.UnitTests.Diagnostics;

/// <summary>Keeps the messages of one caller.</summary>
internal sealed class RecordingDiagnostics : IDiagnostics
{
    private readonly ConcurrentQueue<string> _messages = new();

    /// <summary>All messages of all kinds in their order.</summary>
    public IReadOnlyList<string> Messages => [.. _messages];

    public void Verbose(string message) => _messages.Enqueue(message);

    public Task WarnAsync(string message)
    {
        _messages.Enqueue(message);
        return Task.CompletedTask;
    }

    public void Debug(string message) => _messages.Enqueue(message);

    public void CountRequest()
    {
    }

    public void SeeBlock(DateTimeOffset timestamp, BigInteger? number)
    {
    }
}
