using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace IExec.Tasks.Transport.Rpc;

/// <summary>The nodes of a connection: which one comes first, which chain they must serve, and the next request id. Shared by all of its clients.</summary>
internal sealed class RpcNodes(IReadOnlyList<IRpcTransport> nodes)
{
    private readonly bool[] _servesChain = new bool[nodes.Count];
    private long _lastId;
    private ulong? _chainId;
    private int _preferred;

    public int Count => nodes.Count;

    /// <summary>The number of the node that answered last.</summary>
    public int Preferred
    {
        get => Volatile.Read(ref _preferred);
        set => Volatile.Write(ref _preferred, value % nodes.Count);
    }

    /// <summary>The nodes as a ring: the one after the last is the first.</summary>
    public IRpcTransport this[int turn] => nodes[turn % nodes.Count];

    /// <summary>The chain that the node of this turn still has to prove to serve; null when it has, or when any chain is accepted.</summary>
    public ulong? ChainToVerify(int turn) => _servesChain[turn % nodes.Count] ? null : _chainId;

    /// <summary>Records that the node of this turn serves the chain, and that all others must.</summary>
    public void MarkAsVerified(int turn, ulong chainId)
    {
        _chainId = chainId;
        _servesChain[turn % nodes.Count] = true;
    }

    /// <summary>The nodes of one kind.</summary>
    public IEnumerable<T> OfType<T>() => nodes.OfType<T>();

    /// <summary>Reserves ids.</summary>
    /// <returns>The first one.</returns>
    public long TakeIds(int count) => Interlocked.Add(ref _lastId, count) - count + 1;
}
