namespace IExec.Tasks;

/// <summary>How it stands with a task, by the chain's clock, and by what its workerpool says.</summary>
public enum IExecTaskVerdict
{
    /// <summary>Nothing is wrong, and no worker is known to be at work yet.</summary>
    Waiting,

    /// <summary>Workers are at work, and in time.</summary>
    Running,

    /// <summary>The task can complete, but more than half of the time for contributions has passed without a consensus.</summary>
    Slow,

    /// <summary>The task can complete, but does not go on by itself as things are: nobody works on it, or all who did have failed.</summary>
    Stuck,

    /// <summary>The task can no longer succeed, and is refunded once its final deadline has passed.</summary>
    CannotSucceed,

    /// <summary>The task did not complete, was claimed, and its price was paid back.</summary>
    Failed,

    /// <summary>The task did not complete in time: a claim gives its price back now.</summary>
    Refundable,

    /// <summary>The task is completed.</summary>
    Completed,

    /// <summary>The task is completed, but the app failed: the result may hold an error instead of what was wanted.</summary>
    CompletedWithAppError,
}
