using System;
using System.Linq;
using IExec.Tasks.Formatting;
using IExec.Tasks.Reports;

namespace IExec.Tasks.CmdletTests.Events;

/// <summary>The timeline of events. tests/Pester checks the view in the real shell.</summary>
public sealed class EventTimelineTests
{
    private const string Worker = "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f";

    private static readonly DateTimeOffset Start = new(2026, 1, 31, 9, 15, 33, TimeSpan.Zero);

    [Fact]
    public void Each_event_ends_a_bar_that_begins_at_the_event_before_in_its_history()
    {
        var events = Place(
            Event(IExecTaskEventKind.DealMatched, 0),
            Event(IExecTaskEventKind.Initialized, 300),
            Event("COMPUTING", 600, Worker),
            Event(IExecTaskEventKind.Contributed, 1500, Worker),
            Event("no date", null));

        Assert.Equal(
            [
                "*                              !",
                "|--*                           !",
                "      *                        !",
                "      |---------*              !",
                "",
            ],
            events.Select(happened => EventTimeline.Bar(happened, 80)));
        Assert.Equal(["0.0 s", "5 m 00 s", "10 m 00 s", "25 m 00 s", ""], events.Select(EventTimeline.Since));
        Assert.Equal(["Chain", "Chain", "0x2361…1E8f", "0x2361…1E8f", "Scheduler"], events.Select(EventTimeline.Who));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(30, 10)]
    [InlineData(80, 33)]
    [InlineData(500, 100)]
    public void The_timeline_fits_into_the_line(int width, int longest) =>
        Assert.InRange(Place(Event(IExecTaskEventKind.DealMatched, 0), Event(IExecTaskEventKind.Claimed, 1e7)).Max(happened => EventTimeline.Bar(happened, width).Length), longest * 9 / 10, longest);

    [Fact]
    public void Text_of_a_scheduler_is_shown_on_one_line_without_control_characters()
    {
        var happened = Event("RUN\u001b[2J\nNING", 1e12 / 1e3, "\u001b[31m" + new string('w', 100));

        Place(Event(IExecTaskEventKind.DealMatched, 0), happened);

        Assert.Equal("RUN␛[2J NING", EventTimeline.Name(happened));
        Assert.DoesNotContain(EventTimeline.Who(happened) + EventTimeline.Bar(happened, 80), char.IsControl);
    }

    private static IExecTaskEvent[] Place(params IExecTaskEvent[] events)
    {
        var task = new IExecTask { OnChainStatus = IExecTaskStatus.Active, ContributionDeadline = Start.AddMinutes(35), FinalDeadline = Start.AddMinutes(50), BlockTimestamp = Start.AddMinutes(25) };
        EventPlaces.Set(new ReportedTask(task, events, true));
        return events;
    }

    private static IExecTaskEvent Event(IExecTaskEventKind kind, double seconds, string? worker = null) =>
        new() { TaskId = "", DealId = "", Timestamp = Start.AddSeconds(seconds), Name = kind.ToString(), Kind = kind, Worker = worker };

    private static IExecTaskEvent Event(string name, double? seconds, string? worker = null) =>
        new() { TaskId = "", DealId = "", Timestamp = seconds is { } time ? Start.AddSeconds(time) : null, Source = IExecTaskEventSource.Scheduler, Name = name, Worker = worker };
}
