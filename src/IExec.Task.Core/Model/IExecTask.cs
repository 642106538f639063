using System;

namespace IExec.Tasks;

/// <summary>A task as of one block. Deadlines and claimability are judged by that block's time, never by the local clock.</summary>
public sealed class IExecTask
{
    internal IExecTask()
    {
    }

    /// <summary>Copies a task, for its state after an event.</summary>
    internal IExecTask(IExecTask task)
    {
        TaskId = task.TaskId;
        DealId = task.DealId;
        Index = task.Index;
        OnChainStatus = task.OnChainStatus;
        TimeRef = task.TimeRef;
        ContributionDeadline = task.ContributionDeadline;
        RevealDeadline = task.RevealDeadline;
        FinalDeadline = task.FinalDeadline;
        ConsensusValue = task.ConsensusValue;
        RevealCounter = task.RevealCounter;
        WinnerCounter = task.WinnerCounter;
        Contributors = task.Contributors;
        ResultDigest = task.ResultDigest;
        Result = task.Result;
        ResultsCallback = task.ResultsCallback;
        ResultsTimestamp = task.ResultsTimestamp;
        BlockTimestamp = task.BlockTimestamp;
        ChainId = task.ChainId;
        Origin = task.Origin;
    }

    /// <summary>The task's id: <c>0x</c> and 64 lower-case hexadecimal digits; keccak256(deal id, index).</summary>
    public string TaskId { get; internal init; } = "";

    /// <summary>The id of the deal that the task belongs to.</summary>
    public string DealId { get; internal init; } = "";

    /// <summary>The task's index among all tasks of the request order; a deal's first index is its <c>botFirst</c>.</summary>
    public long Index { get; internal init; }

    /// <summary>The status: what the contract stores, or Timeout for an open task past its final deadline.</summary>
    public IExecTaskStatus Status => IsClaimable ? IExecTaskStatus.Timeout : OnChainStatus;

    /// <summary>The status in the iExec SDK's words: UNSET, ACTIVE, REVEALING, COMPLETED, FAILED or TIMEOUT.</summary>
    public string StatusName => Status.ToString().ToUpperInvariant();

    /// <summary>The status as the contract stores it, which knows no Timeout: an open task keeps its status until it is claimed.</summary>
    public IExecTaskStatus OnChainStatus { get; internal init; }

    /// <summary>Whether the final deadline has passed without completion. Stays true once the task is claimed.</summary>
    public bool TaskTimedOut => OnChainStatus != IExecTaskStatus.Completed && BlockTimestamp >= FinalDeadline;

    /// <summary>Whether a claim would refund the task now: open, and past its final deadline.</summary>
    public bool IsClaimable => TaskTimedOut && OnChainStatus < IExecTaskStatus.Completed;

    /// <summary>Whether it is completed, claimed or claimable, so that a watch of it ends.</summary>
    internal bool IsFinal => Status is IExecTaskStatus.Completed or IExecTaskStatus.Failed or IExecTaskStatus.Timeout;

    /// <summary>Whether the task can still complete.</summary>
    public IExecTaskOutlook Outlook => Status switch
    {
        IExecTaskStatus.Completed => IExecTaskOutlook.Completed,
        IExecTaskStatus.Failed => IExecTaskOutlook.Failed,
        IExecTaskStatus.Timeout => IExecTaskOutlook.Claimable,
        IExecTaskStatus.Revealing when RevealCounter > 0 || BlockTimestamp < RevealDeadline => IExecTaskOutlook.CanComplete,
        < IExecTaskStatus.Revealing when BlockTimestamp < ContributionDeadline => IExecTaskOutlook.CanComplete,
        _ => IExecTaskOutlook.CannotComplete,
    };

    /// <summary>The category's unit of time: contributions end after 7, the task after 10, a reveal phase after 2 of it.</summary>
    public TimeSpan TimeRef { get; internal init; }

    /// <summary>When contributions end (UTC).</summary>
    public DateTimeOffset ContributionDeadline { get; internal init; }

    /// <summary>When reveals end (UTC); null until a consensus is reached.</summary>
    public DateTimeOffset? RevealDeadline { get; internal init; }

    /// <summary>When the task can no longer complete and becomes claimable (UTC).</summary>
    public DateTimeOffset FinalDeadline { get; internal init; }

    /// <summary>What the workers agreed on: keccak256(task id, result digest); zero until there is a consensus.</summary>
    public string ConsensusValue { get; internal init; } = "";

    /// <summary>How many workers revealed.</summary>
    public long RevealCounter { get; internal init; }

    /// <summary>How many workers contributed the consensus value.</summary>
    public long WinnerCounter { get; internal init; }

    /// <summary>The addresses of the workers that contributed (EIP-55), in order.</summary>
    public string[] Contributors { get; internal init; } = [];

    /// <summary>The digest of the result that was agreed on; zero until the task is completed.</summary>
    public string ResultDigest { get; internal init; } = "";

    /// <summary>Where the workers say the result is.</summary>
    public IExecTaskResultLink Result { get; internal init; } = IExecTaskResultLink.None;

    /// <summary>The bytes handed to the deal's callback contract, as hex; <c>0x</c> where there are none.</summary>
    public string ResultsCallback { get; internal init; } = "0x";

    /// <summary>When the result was stored (UTC). No contract version has written it so far, so null.</summary>
    public DateTimeOffset? ResultsTimestamp { get; internal init; }

    /// <summary>The time of the block this was read in (UTC), by which <see cref="TaskTimedOut"/> and <see cref="IsClaimable"/> are judged.</summary>
    public DateTimeOffset BlockTimestamp { get; internal init; }

    /// <summary>The id of the chain this was read from.</summary>
    public long ChainId { get; internal init; }

    /// <summary>The task's page in iExec's public explorer; null on a chain that it does not show.</summary>
    public Uri? ExplorerUrl => Explorer.Task(ChainId, TaskId);

    /// <summary>The deal, if the task is not initialised and known only through it.</summary>
    internal ScheduledDeal? Origin { get; init; }

    /// <summary>The task's id.</summary>
    public override string ToString() => TaskId;
}
