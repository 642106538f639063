namespace IExec.Tasks;

/// <summary>Whether a task can still complete, by the rules of the PoCo contracts and the time of the block it was read in.</summary>
public enum IExecTaskOutlook
{
    /// <summary>The task is open and can complete.</summary>
    CanComplete,

    /// <summary>
    /// The task is open, but can no longer succeed: the time for contributions has passed without a consensus, or the time for
    /// reveals without a reveal. It becomes claimable at its final deadline.
    /// </summary>
    CannotComplete,

    /// <summary>The task is open past its final deadline: a claim refunds it.</summary>
    Claimable,

    /// <summary>The task is completed.</summary>
    Completed,

    /// <summary>The task was claimed.</summary>
    Failed,
}
