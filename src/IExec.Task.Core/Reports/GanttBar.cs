namespace IExec.Tasks.Reports;

/// <summary>A bar of the chart.</summary>
/// <param name="Phase">Its meaning.</param>
/// <param name="From">Its start, 0 to 1 of the width.</param>
/// <param name="To">Its end, greater than the start.</param>
internal sealed record GanttBar(GanttPhase Phase, double From, double To);
