using System;
using System.Threading;

namespace IExec.Tasks.Fuzzing;

/// <summary>Acts when a session makes no progress for a while: the current input takes too long.</summary>
internal sealed class Watchdog : IDisposable
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10);
    private readonly Timer _timer;
    private long _seen = -1;

    public Watchdog(FuzzSession session, Action onHang) => _timer = new Timer(
        _ =>
        {
            if (session.Count == _seen)
                onHang();
            _seen = session.Count;
        },
        null,
        TimeLimit,
        TimeLimit);

    public void Dispose() => _timer.Dispose();
}
