namespace IExec.Tasks.Reports;

/// <summary>The meaning of a bar in the chart.</summary>
internal enum GanttPhase
{
    /// <summary>From the deal to the initialisation of the task.</summary>
    Waiting,

    /// <summary>From the initialisation, or a reopening, to the consensus.</summary>
    Contributing,

    /// <summary>From the consensus to the end of the task, or to its reopening.</summary>
    Revealing,

    /// <summary>From the final deadline to the claim.</summary>
    Overdue,

    /// <summary>A worker's part, from its first known event to its contribution, or to its last known event.</summary>
    Working,
}
