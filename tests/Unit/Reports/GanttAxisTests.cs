using System;
using System.Linq;
using IExec.Tasks.Reports;

namespace IExec.Tasks.UnitTests.Reports;

public sealed class GanttAxisTests
{
    [Fact]
    public void Distant_deadlines_are_not_drawn()
    {
        var axis = Axis(Reported.Task(IExecTaskStatus.Active, 60, Reported.OnChain(IExecTaskEventKind.Initialized, 10)));

        Assert.Equal((null, null, false), (axis.ContributionDeadline, axis.FinalDeadline, axis.HasStrip));
        Assert.Equal(0.98, axis.At(Reported.Start.AddSeconds(60)), 6);
        Assert.Equal([0, 15, 30, 45, 60], axis.Ticks.Select(tick => tick.Time.TotalSeconds));
    }

    [Fact]
    public void Near_deadlines_are_drawn()
    {
        var axis = Axis(Reported.Task(IExecTaskStatus.Active, 25 * 60, Reported.OnChain(IExecTaskEventKind.Initialized, 10)));

        Assert.Equal(0.98, axis.FinalDeadline!.Value, 6);
        Assert.Equal(0.98 * 0.7, axis.ContributionDeadline!.Value, 6);
        Assert.Equal([0, 10, 20, 30, 40], axis.Ticks.Select(tick => tick.Time.TotalMinutes));
    }

    [Fact]
    public void What_comes_weeks_after_the_final_deadline_has_a_strip_without_a_scale()
    {
        var axis = Axis(Reported.Task(IExecTaskStatus.Failed, 0, Reported.OnChain(IExecTaskEventKind.Claimed, 30 * 86_400)));

        Assert.True(axis.HasStrip);
        Assert.Equal(0.93, axis.FinalDeadline!.Value, 6);
        Assert.InRange(axis.At(Reported.Start.AddDays(30)), 0.94, 0.99);
        Assert.All(axis.Ticks, tick => Assert.True(tick.At <= 0.93));
    }

    [Fact]
    public void Dates_of_a_scheduler_that_are_years_off_are_drawn_at_the_edge()
    {
        var axis = Axis(Reported.Task(IExecTaskStatus.Active, 60, Reported.OfScheduler("RUNNING", 1e9), Reported.OfScheduler("FAILED", -1e9)));

        Assert.Equal(60, axis.Ticks[^1].Time.TotalSeconds);
        Assert.Equal(0, axis.At(Reported.Start.AddYears(-30)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(86_400)]
    [InlineData(4e9)]
    public void There_are_a_few_ticks_for_any_duration(double seconds)
    {
        var axis = new GanttAxis(
            Reported.Start, Reported.Start.AddSeconds(seconds * 7), Reported.Start.AddSeconds(Math.Max(seconds, 1) * 10), [Reported.Task(IExecTaskStatus.Active, seconds)]);

        Assert.InRange(axis.Ticks.Count, 3, 7);
        Assert.Equal(0, axis.Ticks[0].At);
        Assert.Equal(axis.Ticks.OrderBy(tick => tick.At), axis.Ticks);
    }

    private static GanttAxis Axis(params ReportedTask[] tasks) => Reported.Axis(tasks);
}
