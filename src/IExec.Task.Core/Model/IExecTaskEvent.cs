namespace IExec.Tasks;

/// <summary>What happened to a task: the events of the PoCo contracts (<c>TaskInitialize</c> and so on), in the order in which they can come.</summary>
public enum IExecTaskEvent
{
    /// <summary>The task was initialised: UNSET → ACTIVE.</summary>
    Initialized,

    /// <summary>A worker contributed.</summary>
    Contributed,

    /// <summary>The contributions agree: ACTIVE → REVEALING.</summary>
    ConsensusReached,

    /// <summary>A worker revealed.</summary>
    Revealed,

    /// <summary>Nobody revealed in time, and the workerpool lets workers contribute again: REVEALING → ACTIVE.</summary>
    Reopened,

    /// <summary>The result is on the chain: COMPLETED.</summary>
    Finalized,

    /// <summary>The task was claimed after its final deadline: FAILED.</summary>
    Claimed,
}
