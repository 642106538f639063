using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Connections;

/// <summary>
/// The signed challenges of a connection. A scheduler accepts one for an hour and for every task of the requester, so it is requested and signed
/// once in that time. Kept in memory only, and forgotten when the connection is closed.
/// </summary>
/// <param name="clock">The time since any fixed moment; tests replace it.</param>
internal sealed class LogAuthorizations(Func<TimeSpan>? clock = null)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly Func<TimeSpan> _clock = clock ?? (static () => TimeSpan.FromSeconds((double)Stopwatch.GetTimestamp() / Stopwatch.Frequency));
    private readonly ConcurrentDictionary<Uri, Entry> _entries = new();
    private readonly ConcurrentDictionary<string, bool> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The authorization for an API: the cached one, or a new one from <paramref name="authorize"/>. Concurrent callers share it.</summary>
    public async Task<string> GetAsync(Uri api, Func<Task<string>> authorize, CancellationToken cancellationToken)
    {
        var entry = _entries.GetOrAdd(api, static _ => new Entry());
        await entry.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var now = _clock();
            if (entry.Header is null || now >= entry.Expiry)
            {
                entry.Header = await authorize().ConfigureAwait(false);
                entry.Expiry = now + Lifetime;
            }

            return entry.Header;
        }
        finally
        {
            entry.Gate.Release();
        }
    }

    /// <summary>Records that a challenge is signed for a host.</summary>
    /// <returns>Whether it is the first time in this connection.</returns>
    public bool IsFirstFor(string host) => _hosts.TryAdd(host, true);

    /// <summary>Forgets a rejected authorization, unless it has already been replaced.</summary>
    public void Forget(Uri api, string header)
    {
        if (_entries.TryGetValue(api, out var entry) && string.Equals(entry.Header, header, StringComparison.Ordinal))
            _entries.TryRemove(api, out _);
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => _entries.Clear();

    private sealed class Entry
    {
        public SemaphoreSlim Gate { get; } = new(1);

        public string? Header { get; set; }

        public TimeSpan Expiry { get; set; }
    }
}
