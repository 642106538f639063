using System;

namespace IExec.Tasks;

/// <summary>
/// The scheduler's view of a task. It is not the chain's: its FAILED does not mean that the task is FAILED on
/// chain, where it stays open until its final deadline and a claim.
/// </summary>
public sealed class IExecTaskOffchainInfo
{
    internal IExecTaskOffchainInfo()
    {
    }

    /// <summary>The task's id: <c>0x</c> and 64 lower-case hexadecimal digits.</summary>
    public string TaskId { get; internal init; } = "";

    /// <summary>The workerpool that the deal was made with (EIP-55).</summary>
    public string Workerpool { get; internal init; } = "";

    /// <summary>The URL of the workerpool's API.</summary>
    public Uri WorkerpoolApiUrl { get; internal init; } = null!;

    /// <summary>
    /// The status, such as RECEIVED, INITIALIZED, RUNNING, CONSENSUS_REACHED, FINALIZED, COMPLETED or FAILED (iexec-core, <c>TaskStatus</c>). An open
    /// set: unknown ones pass through. Null when it has none.
    /// </summary>
    public string? Status { get; internal init; }

    /// <summary>
    /// What happened and what to do about it, for known causes and failing states: a line for the task, and one for each kind of problem that its workers
    /// had. Null when there is no problem.
    /// </summary>
    public string? Explanation { get; internal init; }

    /// <summary>The statuses so far, in the scheduler's order.</summary>
    public IExecTaskOffchainStatus[] StatusHistory { get; internal init; } = [];

    /// <summary>The workers that have worked on the task, each with its history.</summary>
    public IExecTaskReplicate[] Replicates { get; internal init; } = [];

    /// <summary>The task's id.</summary>
    public override string ToString() => TaskId;
}
