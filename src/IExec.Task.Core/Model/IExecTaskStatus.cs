namespace IExec.Tasks;

/// <summary>
/// A task's status. The contract stores the first five (PoCo, <c>IexecLibCore_v5.TaskStatusEnum</c>); that a task has timed out follows from
/// its final deadline and the chain's clock.
/// </summary>
public enum IExecTaskStatus
{
    /// <summary>Bought, and not initialised yet.</summary>
    Unset = 0,

    /// <summary>Initialised: workers contribute.</summary>
    Active = 1,

    /// <summary>Consensus reached: workers reveal.</summary>
    Revealing = 2,

    /// <summary>Finalised with a result.</summary>
    Completed = 3,

    /// <summary>Claimed after its final deadline.</summary>
    Failed = 4,

    /// <summary>Open past its final deadline: a claim refunds it. The contract never stores it.</summary>
    Timeout = 5,
}
