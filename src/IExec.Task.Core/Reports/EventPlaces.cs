using System;
using System.Collections.Generic;

namespace IExec.Tasks.Reports;

/// <summary>Finds where the events of a task are in its picture, for a console that shows them one by one.</summary>
internal static class EventPlaces
{
    /// <summary>Tells the events their places; those without a date have none.</summary>
    public static void Set(ReportedTask task)
    {
        if (task.Events[0].Timestamp is not { } start)
            return;
        var axis = new GanttAxis(start, task.State.ContributionDeadline, task.State.FinalDeadline, [task]);
        var last = new Dictionary<(IExecTaskEventSource?, string?), double>();
        foreach (var happened in task.Events)
        {
            if (happened.Timestamp is not { } time)
                continue;
            // What chain and scheduler tell of a worker is one history.
            var history = happened.Worker is null ? (happened.Source, (string?)null) : (default(IExecTaskEventSource?), happened.Worker);
            var at = axis.At(time);
            var from = last.TryGetValue(history, out var before) ? Math.Min(before, at) : happened.Worker is null ? 0 : at;
            happened.Place = new EventPlace(time - start, from, at, axis.FinalDeadline);
            last[history] = at;
        }
    }
}
