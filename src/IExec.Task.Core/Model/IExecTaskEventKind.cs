namespace IExec.Tasks;

/// <summary>What happened to a task on the chain: the events of the PoCo contracts (<c>TaskInitialize</c> and so on), in the order in which they can come.</summary>
public enum IExecTaskEventKind
{
    /// <summary>The deal of the task was made, and the task's price locked.</summary>
    DealMatched,

    /// <summary>The task was initialised: UNSET → ACTIVE.</summary>
    Initialized,

    /// <summary>A worker contributed.</summary>
    Contributed,

    /// <summary>Consensus was reached: ACTIVE → REVEALING.</summary>
    ConsensusReached,

    /// <summary>A worker revealed.</summary>
    Revealed,

    /// <summary>No worker revealed in time, and the workerpool opened the task for contributions again: REVEALING → ACTIVE.</summary>
    Reopened,

    /// <summary>An account got RLC for the task.</summary>
    Rewarded,

    /// <summary>An account lost RLC that it had locked: the payer the price, a worker or a workerpool its stake.</summary>
    Seized,

    /// <summary>A worker's contribution matched the consensus. Emitted only if several workers contributed.</summary>
    AccurateContribution,

    /// <summary>A worker's contribution did not match the consensus, or was not revealed.</summary>
    FaultyContribution,

    /// <summary>The result is on the chain: COMPLETED.</summary>
    Finalized,

    /// <summary>The task was claimed after its final deadline: FAILED.</summary>
    Claimed,
}
