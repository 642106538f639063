namespace IExec.Tasks.Contracts;

/// <summary>Which ways to read many contracts at once the chain and the nodes support. Each is assumed to work until it fails.</summary>
internal sealed class ReadSupport
{
    private const int MaxFailures = 3;

    private volatile bool _hasMulticall3 = true;
    private volatile bool _takesBatches = true;
    private volatile int _failuresTogether;

    /// <summary>Whether the chain has Multicall3.</summary>
    public bool HasMulticall3 { get => _hasMulticall3; set => _hasMulticall3 = value; }

    /// <summary>Whether the node accepts JSON-RPC batches.</summary>
    public bool TakesBatches { get => _takesBatches; set => _takesBatches = value; }

    /// <summary>Whether the node accepts several large calls in one JSON-RPC batch: it has not refused one, nor failed the last three.</summary>
    public bool TakesAggregatesTogether => _failuresTogether < MaxFailures;

    /// <summary>Records that several large calls succeeded in one batch.</summary>
    public void SucceededTogether() => _failuresTogether = 0;

    /// <summary>Records that several large calls failed in one batch, permanently or perhaps for another reason.</summary>
    public void FailedTogether(bool forGood) => _failuresTogether = forGood ? MaxFailures : _failuresTogether + 1;
}
