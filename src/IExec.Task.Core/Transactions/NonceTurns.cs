using System.Collections.Concurrent;
using System.Threading;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Transactions;

/// <summary>
/// Lets the runspaces of a process that claim with one account take its nonces in turn: from the question which nonce is next until the node has the
/// transaction, only one may be at it. An account stays known to the end of the process, which costs some bytes for each.
/// </summary>
internal static class NonceTurns
{
    private static readonly ConcurrentDictionary<(long ChainId, Address Account), SemaphoreSlim> Turns = new();

    /// <summary>The turns of an account; to be taken with a wait and given back with a release.</summary>
    public static SemaphoreSlim Of(long chainId, Address account) => Turns.GetOrAdd((chainId, account), static _ => new SemaphoreSlim(1));
}
