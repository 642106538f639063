using System;
using System.Linq;
using IExec.Tasks.Workerpools;

namespace IExec.Tasks.UnitTests.Workerpools;

public sealed class RecentWorkTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(3, 2, 3)]
    [InlineData(20, 10, 19)]
    [InlineData(21, 11, 20)]
    [InlineData(1000, 500, 950)]
    public void Percentiles_are_nearest_ranks(int count, int median, int percentile95)
    {
        var work = Of([.. Enumerable.Range(1, count).Reverse().Select(seconds => TimeSpan.FromSeconds(seconds))]);

        Assert.Equal(TimeSpan.FromSeconds(median), work.Percentile(50));
        Assert.Equal(TimeSpan.FromSeconds(percentile95), work.Percentile(95));
    }

    [Fact]
    public void Without_tasks_there_are_no_statistics()
    {
        var work = Of([]);

        Assert.Equal((0, 0, null, null), (work.Completed, work.Timeouts, work.CompletionPercent, work.Percentile(50)));
    }

    private static RecentWork Of(TimeSpan[] times) => new(0, DateTimeOffset.UnixEpoch, [], times);
}
