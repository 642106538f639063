using System.Collections.Generic;

namespace IExec.Tasks.Reports;

/// <summary>A task in the chart.</summary>
/// <param name="Task">The task.</param>
/// <param name="Own">Its own line.</param>
/// <param name="Workers">The lines of its workers.</param>
internal sealed record GanttTask(ReportedTask Task, GanttLane Own, IReadOnlyList<GanttLane> Workers);
