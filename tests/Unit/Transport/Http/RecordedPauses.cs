using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using IExec.Tasks.Transport.Http;

namespace IExec.Tasks.UnitTests.Transport.Http;

/// <summary>A retry policy that writes its pauses down instead of waiting.</summary>
internal sealed class RecordedPauses
{
    private readonly List<TimeSpan> _pauses = [];

    public IReadOnlyList<TimeSpan> Pauses => _pauses;

    public RetryPolicy Policy(int maximumRetryCount) => new(maximumRetryCount, (pause, cancellationToken) =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        _pauses.Add(pause);
        return Task.CompletedTask;
    });
}
