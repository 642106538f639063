namespace IExec.Tasks.Reports;

/// <summary>What a sign in the picture stands for.</summary>
internal enum GanttMark
{
    /// <summary>A worker contributed.</summary>
    Contributed,

    /// <summary>A worker revealed.</summary>
    Revealed,

    /// <summary>The task was opened for contributions again.</summary>
    Reopened,

    /// <summary>A worker failed, by the word of the scheduler; or its contribution was not the one that was agreed on.</summary>
    Failed,

    /// <summary>The task was completed.</summary>
    Finalized,

    /// <summary>The task was claimed.</summary>
    Claimed,
}
