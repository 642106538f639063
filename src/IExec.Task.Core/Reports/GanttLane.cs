using System.Collections.Generic;

namespace IExec.Tasks.Reports;

/// <summary>A line of the chart.</summary>
/// <param name="Worker">The worker (EIP-55); null for the task itself.</param>
/// <param name="Bars">The bars, from left to right.</param>
/// <param name="Points">The marks, over the bars.</param>
internal sealed record GanttLane(string? Worker, IReadOnlyList<GanttBar> Bars, IReadOnlyList<GanttPoint> Points);
