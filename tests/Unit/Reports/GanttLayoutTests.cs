using System.Linq;
using IExec.Tasks.Reports;

namespace IExec.Tasks.UnitTests.Reports;

public sealed class GanttLayoutTests
{
    [Fact]
    public void A_completed_task_has_its_phases_one_after_the_other_and_its_worker_below()
    {
        var drawn = Draw(Reported.Task(
            IExecTaskStatus.Completed,
            100,
            Reported.OnChain(IExecTaskEventKind.Initialized, 10),
            Reported.OfScheduler("COMPUTING", 20, Reported.Worker),
            Reported.OnChain(IExecTaskEventKind.Contributed, 40, Reported.Worker),
            Reported.OnChain(IExecTaskEventKind.ConsensusReached, 40),
            Reported.OnChain(IExecTaskEventKind.Revealed, 60, Reported.Worker),
            Reported.OnChain(IExecTaskEventKind.Rewarded, 80, Reported.Worker),
            Reported.OnChain(IExecTaskEventKind.Finalized, 80)));

        Assert.Equal([GanttPhase.Waiting, GanttPhase.Contributing, GanttPhase.Revealing], drawn.Own.Bars.Select(bar => bar.Phase));
        Assert.Equal(drawn.Own.Bars.Skip(1).Select(bar => bar.From), drawn.Own.Bars.SkipLast(1).Select(bar => bar.To));
        Assert.Equal([GanttMark.Finalized], drawn.Own.Points.Select(point => point.Mark));
        var worker = Assert.Single(drawn.Workers);
        Assert.Equal(Reported.Worker, worker.Worker);
        Assert.Equal([GanttPhase.Working, GanttPhase.Revealing], worker.Bars.Select(bar => bar.Phase));
        Assert.Equal([GanttMark.Contributed, GanttMark.Revealed], worker.Points.Select(point => point.Mark));
    }

    [Fact]
    public void A_reopened_task_goes_back_to_contributions_and_a_claim_comes_after_the_final_deadline()
    {
        var drawn = Draw(Reported.Task(
            IExecTaskStatus.Failed,
            4000,
            Reported.OnChain(IExecTaskEventKind.Initialized, 10),
            Reported.OnChain(IExecTaskEventKind.ConsensusReached, 40),
            Reported.OnChain(IExecTaskEventKind.Reopened, 700),
            Reported.OnChain(IExecTaskEventKind.Claimed, 3600)));

        Assert.Equal(
            [GanttPhase.Waiting, GanttPhase.Contributing, GanttPhase.Revealing, GanttPhase.Contributing, GanttPhase.Overdue], drawn.Own.Bars.Select(bar => bar.Phase));
        Assert.Equal([GanttMark.Reopened, GanttMark.Claimed], drawn.Own.Points.Select(point => point.Mark));
        Assert.Equal(drawn.Own.Bars[^1].To, drawn.Own.Points[^1].At);
    }

    [Fact]
    public void An_open_task_goes_on_until_now_and_one_that_can_be_claimed_past_its_deadline()
    {
        var open = Draw(Reported.Task(IExecTaskStatus.Active, 60, Reported.OnChain(IExecTaskEventKind.Initialized, 10)));
        var late = Draw(Reported.Task(IExecTaskStatus.Unset, 3601));

        Assert.Equal((GanttPhase.Contributing, 0.98), (open.Own.Bars[^1].Phase, open.Own.Bars[^1].To));
        Assert.Equal([GanttPhase.Waiting, GanttPhase.Overdue], late.Own.Bars.Select(bar => bar.Phase));
    }

    [Fact]
    public void Unknown_times_are_not_drawn() =>
        Assert.Empty(Draw(Reported.Task(IExecTaskStatus.Active, 60)).Own.Bars);

    [Fact]
    public void The_failure_of_a_worker_is_marked_and_one_that_works_goes_on_until_now()
    {
        const string Other = "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720";
        var drawn = Draw(Reported.Task(
            IExecTaskStatus.Active,
            60,
            Reported.OnChain(IExecTaskEventKind.Initialized, 10),
            Reported.OfScheduler("COMPUTING", 12, Reported.Worker),
            Reported.OfScheduler("COMPUTE_FAILED", 30, Reported.Worker),
            Reported.OfScheduler("COMPUTING", 40, Other)));

        Assert.Equal([GanttMark.Failed], drawn.Workers[0].Points.Select(point => point.Mark));
        Assert.True(drawn.Workers[0].Bars[0].To < 0.5);
        Assert.Equal(0.98, Assert.Single(drawn.Workers[1].Bars).To);
    }

    [Fact]
    public void Everything_is_inside_and_visible_whatever_dates_a_scheduler_gives()
    {
        var task = Reported.Task(
            IExecTaskStatus.Active,
            60,
            [
                Reported.OnChain(IExecTaskEventKind.Initialized, 0.001),
                .. Enumerable.Range(0, 50).SelectMany(i => new[] { Reported.OfScheduler("A", -1e8 * i, $"0x{i}"), Reported.OfScheduler("FAILED", 1e8 * i, $"0x{i}") }),
            ]);

        var drawn = Draw(task);

        Assert.Equal(10, drawn.Workers.Count);
        Assert.All(drawn.Workers.Prepend(drawn.Own), lane =>
        {
            Assert.All(lane.Bars, bar => Assert.True(bar.From >= 0 && bar.To <= 1 && bar.To - bar.From > 0.003));
            Assert.All(lane.Points, point => Assert.InRange(point.At, 0, 1));
        });
    }

    private static GanttTask Draw(ReportedTask task) => new GanttLayout(Reported.Axis(task), Reported.Deal.FinalTime).Of(task);
}
