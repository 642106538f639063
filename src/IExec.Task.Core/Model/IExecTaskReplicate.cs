namespace IExec.Tasks;

/// <summary>One worker's part in a task.</summary>
public sealed class IExecTaskReplicate
{
    internal IExecTaskReplicate()
    {
    }

    /// <summary>The worker (EIP-55).</summary>
    public string? Worker { get; internal init; }

    /// <summary>The status, such as COMPUTING, CONTRIBUTED, COMPUTE_FAILED or WORKER_LOST (iexec-common, <c>ReplicateStatus</c>). An open set.</summary>
    public string? Status { get; internal init; }

    /// <summary>The application's exit code; null when that is not known.</summary>
    public int? ExitCode { get; internal init; }

    /// <summary>What happened and what to do about it, for known causes and failing states; null when there is no problem.</summary>
    public string? Explanation { get; internal init; }

    /// <summary>Whether the scheduler has the worker's logs: see Get-IExecTaskLog.</summary>
    public bool HasLog { get; internal init; }

    /// <summary>Why no TEE session could be created; null when the scheduler gives no reason.</summary>
    public string? TeeSessionGenerationError { get; internal init; }

    /// <summary>The statuses so far, in the scheduler's order.</summary>
    public IExecTaskOffchainStatus[] StatusHistory { get; internal init; } = [];

    /// <summary>The worker and the status.</summary>
    public override string ToString() => $"{Worker} {Status}";
}
