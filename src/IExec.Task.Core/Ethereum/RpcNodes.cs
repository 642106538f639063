using System.Collections.Generic;
using System.Threading;

namespace IExec.Tasks.Ethereum;

/// <summary>The nodes of a connection: which one is asked first, and the next free request id. Shared by all of its clients.</summary>
internal sealed class RpcNodes(IReadOnlyList<IRpcTransport> nodes)
{
    private long _lastId;
    private int _preferred;

    public int Count => nodes.Count;

    /// <summary>The number of the node that answered last.</summary>
    public int Preferred
    {
        get => Volatile.Read(ref _preferred);
        set => Volatile.Write(ref _preferred, value % nodes.Count);
    }

    /// <summary>The nodes in a ring: the one after the last is the first.</summary>
    public IRpcTransport this[int turn] => nodes[turn % nodes.Count];

    /// <summary>Takes ids out of the sequence.</summary>
    /// <returns>The first of them.</returns>
    public long TakeIds(int count) => Interlocked.Add(ref _lastId, count) - count + 1;
}
