using System.Collections.Concurrent;
using System.Collections.Generic;
using IExec.Tasks.Http;

namespace IExec.Tasks.CoreTests.Http;

/// <summary>Keeps the messages of one caller.</summary>
internal sealed class RecordingDiagnostics : IDiagnostics
{
    private readonly ConcurrentQueue<string> _messages = new();

    /// <summary>All messages of both kinds in their order.</summary>
    public IReadOnlyList<string> Messages => [.. _messages];

    public void Verbose(string message) => _messages.Enqueue(message);

    public void Debug(string message) => _messages.Enqueue(message);
}
