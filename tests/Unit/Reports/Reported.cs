using System;
using System.Linq;
using IExec.Tasks.Reports;

namespace IExec.Tasks.UnitTests.Reports;

/// <summary>A deal of category XS (unit of time 5 minutes), and tasks of it with the events that a test names.</summary>
internal static class Reported
{
    public const string Worker = "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f";

    public static readonly DateTimeOffset Start = new(2026, 1, 31, 9, 15, 33, TimeSpan.Zero);

    public static IExecDeal Deal { get; } = new()
    {
        DealId = "0x" + new string('d', 64),
        App = new IExecDealResource(Worker, Worker, 1),
        Workerpool = new IExecDealResource(Worker, Worker, 1),
        BotSize = 3,
        StartTime = Start,
        ContributionDeadline = Start.AddMinutes(35),
        FinalTime = Start.AddMinutes(50),
        TimeRef = TimeSpan.FromMinutes(5),
    };

    /// <summary>The time axis of tasks.</summary>
    public static GanttAxis Axis(params ReportedTask[] tasks) => new(Deal.StartTime, Deal.ContributionDeadline, Deal.FinalTime, tasks);

    /// <summary>A task.</summary>
    /// <param name="status">What the contract stores.</param>
    /// <param name="now">The chain's clock, in seconds since the deal.</param>
    /// <param name="events">Its events after the deal.</param>
    public static ReportedTask Task(IExecTaskStatus status, double now, params IExecTaskEvent[] events) => new(
        new IExecTask
        {
            TaskId = "0x" + new string('1', 64),
            DealId = Deal.DealId,
            OnChainStatus = status,
            TimeRef = Deal.TimeRef,
            ContributionDeadline = Deal.ContributionDeadline,
            FinalDeadline = Deal.FinalTime,
            BlockTimestamp = Start.AddSeconds(now),
        },
        [.. events.Prepend(OnChain(IExecTaskEventKind.DealMatched, 0))],
        true);

    public static IExecTaskEvent OnChain(IExecTaskEventKind kind, double seconds, string? worker = null) => new()
    {
        TaskId = "",
        DealId = Deal.DealId,
        Timestamp = Start.AddSeconds(seconds),
        Name = kind.ToString(),
        Kind = kind,
        Worker = worker,
    };

    public static IExecTaskEvent OfScheduler(string name, double seconds, string? worker = null) => new()
    {
        TaskId = "",
        DealId = Deal.DealId,
        Timestamp = Start.AddSeconds(seconds),
        Source = IExecTaskEventSource.Scheduler,
        Name = name,
        Worker = worker,
    };
}
