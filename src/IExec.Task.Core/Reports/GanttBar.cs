namespace IExec.Tasks.Reports;

/// <summary>A bar of the picture.</summary>
/// <param name="Phase">What it stands for.</param>
/// <param name="From">Where it begins, 0 to 1 of the width.</param>
/// <param name="To">Where it ends, to the right of that.</param>
internal sealed record GanttBar(GanttPhase Phase, double From, double To);
