using System;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace IExec.Tasks.Connections;

/// <summary>
/// The signed challenges of a connection. A scheduler takes one for an hour and for every task of the requester, so it is asked for, and signed,
/// once in that time. Kept in memory only, and forgotten when the connection is closed.
/// </summary>
/// <param name="clock">Time since whenever; tests replace it.</param>
internal sealed class LogAuthorizations(Func<TimeSpan>? clock = null)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly Func<TimeSpan> _clock = clock ?? (static () => TimeSpan.FromSeconds((double)Stopwatch.GetTimestamp() / Stopwatch.Frequency));
    private readonly ConcurrentDictionary<Uri, Entry> _entries = new();
    private readonly ConcurrentDictionary<string, bool> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The authorization for an API: the one at hand, or one that <paramref name="authorize"/> makes. Several callers wait for the same.</summary>
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

    /// <summary>Notes that something is signed for a host.</summary>
    /// <returns>Whether it is the first time in this connection.</returns>
    public bool IsFirstFor(string host) => _hosts.TryAdd(host, true);

    /// <summary>Forgets an authorization that was refused, unless another has taken its place.</summary>
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
