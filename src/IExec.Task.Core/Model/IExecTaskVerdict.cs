namespace IExec.Tasks;

/// <summary>The verdict on a task, by the chain's clock and the scheduler's view.</summary>
public enum IExecTaskVerdict
{
    /// <summary>No problem is known, and no worker is known to run it yet.</summary>
    Waiting,

    /// <summary>Workers run it, and are in time.</summary>
    Running,

    /// <summary>The task can complete, but more than half of the time for contributions has passed without a consensus.</summary>
    Slow,

    /// <summary>The task can still complete, but nobody works on it, or all workers that did have failed.</summary>
    Stuck,

    /// <summary>The task can no longer succeed, and is refunded once its final deadline has passed.</summary>
    CannotSucceed,

    /// <summary>The task did not complete, was claimed, and its price was refunded.</summary>
    Failed,

    /// <summary>The task did not complete in time: a claim refunds it now.</summary>
    Refundable,

    /// <summary>The task is completed.</summary>
    Completed,

    /// <summary>The task is completed, but the app failed: the result may be an error report.</summary>
    CompletedWithAppError,
}
