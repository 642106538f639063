namespace IExec.Tasks.Reports;

/// <summary>The meaning of a mark in the chart.</summary>
internal enum GanttMark
{
    /// <summary>A worker contributed.</summary>
    Contributed,

    /// <summary>A worker revealed.</summary>
    Revealed,

    /// <summary>The task was opened for contributions again.</summary>
    Reopened,

    /// <summary>A worker failed, according to the scheduler, or its contribution did not match the consensus.</summary>
    Failed,

    /// <summary>The task was completed.</summary>
    Finalized,

    /// <summary>The task was claimed.</summary>
    Claimed,
}
