using System;

namespace IExec.Tasks;

/// <summary>A deal with the deadlines of its tasks.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Category">Its category.</param>
/// <param name="ContributionDeadline">When contributions end.</param>
/// <param name="FinalDeadline">When a task can no longer complete.</param>
internal sealed record ScheduledDeal(Deal Deal, DealCategory Category, DateTimeOffset ContributionDeadline, DateTimeOffset FinalDeadline)
{
    /// <summary>The category's unit of time.</summary>
    public TimeSpan TimeRef => Category.TimeRef;
}
