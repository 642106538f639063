namespace IExec.Tasks.Contracts;

/// <summary>What a connection has learned of how its chain and its nodes take many reads at once. Hopeful until taught otherwise.</summary>
internal sealed class ReadSupport
{
    private volatile bool _hasMulticall3 = true;
    private volatile bool _takesBatches = true;
    private volatile bool _takesAggregatesTogether = true;

    /// <summary>Whether the Multicall3 contract is there.</summary>
    public bool HasMulticall3 { get => _hasMulticall3; set => _hasMulticall3 = value; }

    /// <summary>Whether the node takes JSON-RPC batches.</summary>
    public bool TakesBatches { get => _takesBatches; set => _takesBatches = value; }

    /// <summary>Whether the node takes several large calls in one JSON-RPC batch.</summary>
    public bool TakesAggregatesTogether { get => _takesAggregatesTogether; set => _takesAggregatesTogether = value; }
}
