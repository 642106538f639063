namespace IExec.Tasks;

/// <summary>A task's status as the contract stores it (PoCo, <c>IexecLibCore_v5.TaskStatusEnum</c>).</summary>
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
}
