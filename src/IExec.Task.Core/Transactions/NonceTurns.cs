using System.Collections.Concurrent;
using System.Threading;
using IExec.Tasks.Ethereum;

namespace IExec.Tasks.Transactions;

/// <summary>
/// Serialises the sends of one account within the process, over all runspaces: from reading the next nonce until the node has the transaction. An
/// account's lock is kept to the end of the process, which takes a few bytes.
/// </summary>
internal static class NonceTurns
{
    private static readonly ConcurrentDictionary<(long ChainId, Address Account), SemaphoreSlim> Turns = new();

    /// <summary>The lock of an account.</summary>
    public static SemaphoreSlim Of(long chainId, Address account) => Turns.GetOrAdd((chainId, account), static _ => new SemaphoreSlim(1));
}
