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

    /// <summary>What the application exited with; null when that is not known.</summary>
    public int? ExitCode { get; internal init; }

    /// <summary>What happened and what to do about it, for known causes and failing states; null when all goes well.</summary>
    public string? Explanation { get; internal init; }

    /// <summary>Whether the scheduler has the worker's logs: see Get-IExecTaskLog.</summary>
    public bool HasLog { get; internal init; }

    /// <summary>Why no TEE session could be made; null when nothing is said of it.</summary>
    public string? TeeSessionGenerationError { get; internal init; }

    /// <summary>The statuses so far, in the scheduler's order.</summary>
    public IExecTaskOffchainStatus[] StatusHistory { get; internal init; } = [];

    /// <summary>The worker and the status.</summary>
    public override string ToString() => $"{Worker} {Status}";
}
