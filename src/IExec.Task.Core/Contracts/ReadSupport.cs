namespace IExec.Tasks.Contracts;

/// <summary>What a connection has learned of how its chain and its nodes take many reads at once. Hopeful until taught otherwise.</summary>
internal sealed class ReadSupport
{
    private const int MostFailures = 3;

    private volatile bool _hasMulticall3 = true;
    private volatile bool _takesBatches = true;
    private volatile int _failuresTogether;

    /// <summary>Whether the Multicall3 contract is there.</summary>
    public bool HasMulticall3 { get => _hasMulticall3; set => _hasMulticall3 = value; }

    /// <summary>Whether the node takes JSON-RPC batches.</summary>
    public bool TakesBatches { get => _takesBatches; set => _takesBatches = value; }

    /// <summary>Whether the node takes several large calls in one JSON-RPC batch: it has not refused one, nor failed at each of the last three.</summary>
    public bool TakesAggregatesTogether => _failuresTogether < MostFailures;

    /// <summary>Takes note that several large calls were answered in one batch.</summary>
    public void SucceededTogether() => _failuresTogether = 0;

    /// <summary>Takes note that several large calls in one batch failed, for good or in a way that may have another cause.</summary>
    public void FailedTogether(bool forGood) => _failuresTogether = forGood ? MostFailures : _failuresTogether + 1;
}
