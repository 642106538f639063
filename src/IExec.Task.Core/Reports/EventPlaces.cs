using System;
using System.Collections.Generic;

namespace IExec.Tasks.Reports;

/// <summary>Computes the positions of a task's events in its chart, for the timeline view.</summary>
internal static class EventPlaces
{
    /// <summary>Sets the positions of the events; those without a date have none.</summary>
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
            // The events of a worker, from chain and scheduler, form one history.
            var history = happened.Worker is null ? (happened.Source, (string?)null) : (default(IExecTaskEventSource?), happened.Worker);
            var at = axis.At(time);
            var from = last.TryGetValue(history, out var before) ? Math.Min(before, at) : happened.Worker is null ? 0 : at;
            happened.Place = new EventPlace(time - start, from, at, axis.FinalDeadline);
            last[history] = at;
        }
    }
}
