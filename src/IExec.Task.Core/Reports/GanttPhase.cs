namespace IExec.Tasks.Reports;

/// <summary>What a bar of the picture stands for.</summary>
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

    /// <summary>A worker's part, from the first that is known of it to its contribution, or to the last that is known of it.</summary>
    Working,
}
