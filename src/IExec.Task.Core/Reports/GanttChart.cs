using System;
using System.Collections.Generic;
using System.Linq;

namespace IExec.Tasks.Reports;

/// <summary>
/// Draws the chart of a report: a line for each task and each of its workers on one time axis. Positions are fractions of the width, so that it fits any; phases
/// differ by pattern and marks by shape, so that it can be read without colours.
/// </summary>
internal static class GanttChart
{
    /// <summary>With more lines than this, tasks are drawn without their workers, as thin lines without labels.</summary>
    private const int MaxLabelledLines = 150;

    /// <summary>The maximum number of tasks.</summary>
    private const int MaxTasks = 1000;

    private const int TasksOfABlock = 25;
    private const int LineHeight = 18;
    private const int ThinLineHeight = 6;

    private static readonly (GanttPhase Phase, string Text)[] Phases =
    [
        (GanttPhase.Waiting, "not initialised yet"),
        (GanttPhase.Contributing, "contributions"),
        (GanttPhase.Revealing, "consensus, reveals"),
        (GanttPhase.Overdue, "past the final deadline"),
        (GanttPhase.Working, "a worker computes"),
    ];

    private static readonly (GanttMark Mark, string Text, string Shape)[] Marks =
    [
        (GanttMark.Contributed, "contributed", "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z"),
        (GanttMark.Revealed, "revealed", "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z"),
        (GanttMark.Reopened, "reopened", "M-5 0L4-5V5z"),
        (GanttMark.Failed, "failed", "M-4-4L4 4M4-4L-4 4"),
        (GanttMark.Finalized, "completed", "M-5-5H5V5H-5z"),
        (GanttMark.Claimed, "claimed", "M0-6L6 0L0 6L-6 0z"),
    ];

    /// <summary>Writes the section.</summary>
    public static void Write(HtmlWriter html, DealReport report)
    {
        var deal = report.Deal;
        var axis = new GanttAxis(deal.StartTime, deal.ContributionDeadline, deal.FinalTime, report.Tasks);
        var layout = new GanttLayout(axis, deal.FinalTime);
        var tasks = report.Tasks.Take(MaxTasks).Select(layout.Of).ToList();
        var isThin = tasks.Sum(task => 1 + task.Workers.Count) > MaxLabelledLines;
        DealReportPage.BeginSection(html, "Chart");
        WriteShapes(html);
        WriteLegend(html, axis, tasks, isThin);
        html.Begin("div", "chart");
        WriteScale(html, axis);
        if (isThin)
            WriteThin(html, tasks);
        else
            tasks.ForEach(task => WriteTask(html, task));
        html.End();
        html.Element("p", $"Times are those since the deal was made, {ReportText.Moment(deal.StartTime)}.{Remark(axis)}", "note");
        if (isThin)
            html.Element("p", "Of so many tasks each has a thin line, and workers are not drawn but for their failures. A report of fewer tasks (-TaskId) shows them.", "note");
        if (report.Tasks.Count > MaxTasks)
            html.Element("p", $"The first {MaxTasks} of {report.Tasks.Count} tasks are drawn.", "note");
        html.End();
    }

    private static string Remark(GanttAxis axis) => axis switch
    {
        { HasStrip: true } => " The strip at the right edge has no scale: it is for all that came after the final deadline.",
        { ContributionDeadline: null } => " The deadlines are too far off to be drawn.",
        { FinalDeadline: null } => " The final deadline is too far off to be drawn.",
        _ => "",
    };

    private static void WriteTask(HtmlWriter html, GanttTask task)
    {
        var state = task.Task.State;
        html.Begin("div", "row task").Begin("div", "label").Element("strong", $"Task {state.Index}").Text($" {state.StatusName}").End();
        WriteLane(html, $"Task {state.Index}, {state.StatusName}", task.Own);
        html.End();
        foreach (var lane in task.Workers)
        {
            html.Begin("div", "row worker").Element("div", ReportText.Short(lane.Worker!), "label hex");
            WriteLane(html, $"Worker {lane.Worker} of task {state.Index}", lane);
            html.End();
        }
    }

    private static void WriteLane(HtmlWriter html, string label, GanttLane lane)
    {
        BeginImage(html, label, LineHeight, "lane");
        WriteBars(html, lane, 3, LineHeight - 6);
        WritePoints(html, lane.Points, LineHeight / 2, "");
        html.End();
    }

    private static void WriteThin(HtmlWriter html, List<GanttTask> tasks)
    {
        for (var first = 0; first < tasks.Count; first += TasksOfABlock)
        {
            var block = tasks.GetRange(first, Math.Min(TasksOfABlock, tasks.Count - first));
            var (from, to) = (block[0].Task.State.Index, block[^1].Task.State.Index);
            html.Begin("div", "row block").Begin("div", "label").Element("strong", $"Tasks {from} – {to}");
            foreach (var status in block.GroupBy(task => task.Task.State.StatusName))
                html.Element("span", $"{status.Count()} {status.Key}");
            html.End();
            BeginImage(html, $"Tasks {from} to {to}", block.Count * ThinLineHeight, "lane");
            for (var i = 0; i < block.Count; i++)
                WriteThinLine(html, block[i], i * ThinLineHeight);
            html.End().End();
        }
    }

    private static void WriteThinLine(HtmlWriter html, GanttTask task, int top)
    {
        html.Begin("g").Element("title", $"Task {task.Task.State.Index}, {task.Task.State.StatusName}");
        WriteBars(html, task.Own, top + 1, ThinLineHeight - 2);
        var failures = task.Workers.SelectMany(worker => worker.Points).Where(point => point.Mark == GanttMark.Failed);
        WritePoints(html, failures.Concat(task.Own.Points), top + (ThinLineHeight / 2), "small-");
        html.End();
    }

    private static void WriteBars(HtmlWriter html, GanttLane lane, int top, int height)
    {
        foreach (var bar in lane.Bars)
        {
            html.Begin("rect", NameOf(bar.Phase)).SetPart("x", bar.From).SetPixels("y", top);
            html.SetPart("width", bar.To - bar.From).SetPixels("height", height).EndEmpty();
        }
    }

    private static void WritePoints(HtmlWriter html, IEnumerable<GanttPoint> points, int middle, string size)
    {
        foreach (var point in points)
            html.Begin("use").Set("href", $"#{size}{NameOf(point.Mark)}").SetPart("x", point.At).SetPixels("y", middle).EndEmpty();
    }

    /// <summary>The patterns and shapes that the lines refer to.</summary>
    private static void WriteShapes(HtmlWriter html)
    {
        html.Begin("svg", "shapes").SetPixels("width", 0).SetPixels("height", 0).Set("aria-hidden", "true").Begin("defs");
        WritePattern(html, GanttPhase.Waiting, "M2 2h1");
        WritePattern(html, GanttPhase.Contributing, "M-1 1L1-1M0 6L6 0M5 7L7 5");
        WritePattern(html, GanttPhase.Overdue, "M0 6L6 0M0 0L6 6");
        WritePattern(html, GanttPhase.Working, "M0 3H6");
        foreach (var (mark, _, shape) in Marks)
        {
            html.Begin("path", NameOf(mark)).Set("id", NameOf(mark)).Set("d", shape).EndEmpty();
            html.Begin("path", NameOf(mark)).Set("id", "small-" + NameOf(mark)).Set("d", shape).Set("transform", "scale(.5)").EndEmpty();
        }

        html.End().End();
    }

    private static void WritePattern(HtmlWriter html, GanttPhase phase, string lines)
    {
        var name = NameOf(phase);
        html.Begin("pattern", name).Set("id", $"{name}-pattern").Set("patternUnits", "userSpaceOnUse").SetPixels("width", 6).SetPixels("height", 6);
        html.Begin("rect", "ground").SetPixels("width", 6).SetPixels("height", 6).EndEmpty();
        html.Begin("path").Set("d", lines).EndEmpty().End();
    }

    /// <summary>The legend of the patterns and shapes that occur in the chart.</summary>
    private static void WriteLegend(HtmlWriter html, GanttAxis axis, List<GanttTask> tasks, bool isThin)
    {
        var lanes = tasks.SelectMany(task => isThin ? [task.Own] : task.Workers.Prepend(task.Own)).ToList();
        var phases = new HashSet<GanttPhase>(lanes.SelectMany(lane => lane.Bars).Select(bar => bar.Phase));
        var marks = new HashSet<GanttMark>(tasks.SelectMany(task => task.Workers.Prepend(task.Own)).SelectMany(lane => lane.Points).Select(point => point.Mark));
        if (isThin)
            marks.ExceptWith([GanttMark.Contributed, GanttMark.Revealed]);
        html.Begin("ul", "legend");
        foreach (var (phase, text) in Phases.Where(entry => phases.Contains(entry.Phase)))
        {
            BeginKey(html).Begin("rect", NameOf(phase)).SetPixels("x", 1).SetPixels("y", 2).SetPixels("width", 22).SetPixels("height", 10).EndEmpty();
            html.End().Text(text).End();
        }

        foreach (var (mark, text, _) in Marks.Where(entry => marks.Contains(entry.Mark)))
        {
            BeginKey(html).Begin("use").Set("href", "#" + NameOf(mark)).SetPixels("x", 12).SetPixels("y", 7).EndEmpty();
            html.End().Text(text).End();
        }

        if (axis.ContributionDeadline is not null)
            WriteDeadlineKey("contribution-deadline", "contributions end");
        if (axis.FinalDeadline is not null)
            WriteDeadlineKey("final-deadline", "final deadline");
        html.End();

        void WriteDeadlineKey(string name, string text)
        {
            BeginKey(html).Begin("line", name).SetPixels("x1", 12).SetPixels("y1", 0).SetPixels("x2", 12).SetPixels("y2", 14).EndEmpty();
            html.End().Text(text).End();
        }
    }

    private static HtmlWriter BeginKey(HtmlWriter html) =>
        html.Begin("li").Begin("svg").SetPixels("width", 24).SetPixels("height", 14).Set("aria-hidden", "true");

    /// <summary>The time axis behind the lines, with the deadlines.</summary>
    private static void WriteScale(HtmlWriter html, GanttAxis axis)
    {
        html.Begin("svg", "scale").Set("aria-hidden", "true");
        foreach (var (at, time) in axis.Ticks)
        {
            WriteLine("tick", at);
            html.Begin("text", at == 0 ? "first" : null).SetPart("x", at).SetPixels("y", 34).Text(time == TimeSpan.Zero ? "0" : TickText(time)).End();
        }

        WriteDeadline("contribution-deadline", axis.ContributionDeadline, "contributions end");
        WriteDeadline("final-deadline", axis.FinalDeadline, "final deadline");
        html.End();

        void WriteDeadline(string name, double? at, string text)
        {
            if (at is not { } place)
                return;
            WriteLine(name, place);
            html.Begin("text", "last").SetPart("x", place).SetPixels("y", 14).Text(text).End();
        }

        void WriteLine(string name, double at) =>
            html.Begin("line", name).SetPart("x1", at).SetPixels("y1", name == "tick" ? 38 : 18).SetPart("x2", at).Set("y2", "100%").EndEmpty();
    }

    /// <summary>A whole number of the largest unit that gives one, such as <c>90 s</c> or <c>2 h</c>.</summary>
    private static string TickText(TimeSpan time) => time switch
    {
        _ when time.Ticks % TimeSpan.TicksPerDay == 0 => $"{time.TotalDays} d",
        _ when time.Ticks % TimeSpan.TicksPerHour == 0 => $"{time.TotalHours} h",
        _ when time.Ticks % TimeSpan.TicksPerMinute == 0 => $"{time.TotalMinutes} m",
        _ => $"{time.TotalSeconds} s",
    };

    private static void BeginImage(HtmlWriter html, string label, int height, string cssClass) =>
        html.Begin("svg", cssClass).SetPixels("height", height).Set("role", "img").Set("aria-label", label);

    /// <summary>The name of a phase or a mark in the style sheet, the patterns and the shapes.</summary>
    private static string NameOf(Enum value) => value.ToString().ToLowerInvariant();
}
