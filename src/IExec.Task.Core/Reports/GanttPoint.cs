namespace IExec.Tasks.Reports;

/// <summary>A mark in the chart.</summary>
/// <param name="Mark">Its meaning.</param>
/// <param name="At">Its position, 0 to 1 of the width.</param>
internal sealed record GanttPoint(GanttMark Mark, double At);
