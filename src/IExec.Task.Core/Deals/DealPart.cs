using System.Collections.Generic;

namespace IExec.Tasks.Deals;

/// <summary>Tasks of a deal that were read together: all of them, or a part.</summary>
/// <param name="Deal">The deal.</param>
/// <param name="Tasks">At least one of its tasks, in the order of their indexes.</param>
internal sealed record DealPart(ScheduledDeal Deal, IReadOnlyList<IExecTask> Tasks)
{
    /// <summary>Whether the deal's last task is among them.</summary>
    public bool IsLast => Tasks[^1].Index == Deal.Deal.BotFirst + Deal.Deal.BotSize - 1;
}
