namespace IExec.Tasks.Reports;

/// <summary>A sign in the picture.</summary>
/// <param name="Mark">What it stands for.</param>
/// <param name="At">Where it is, 0 to 1 of the width.</param>
internal sealed record GanttPoint(GanttMark Mark, double At);
